/** One value as it arrives: text from a query or form, more from a JSON body. */
export type RawValue = string | number | readonly unknown[] | object | null;
export type RawParameters = Readonly<Record<string, RawValue>>;

/** A request as the handler sees it: no sockets, nothing decoded twice. */
export interface ApiRequest {
  readonly method: string;
  /** Path below `/api2/json`, still percent-encoded, with its leading slash; a query may follow. */
  readonly target: string;
  /** Lower-case header names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
}

/** What the handler answers. `dropped` means: close the connection without a word. */
export interface ApiAnswer {
  readonly status: number;
  readonly reason: string;
  /** JSON text, or nothing for an empty body. */
  readonly body: string;
  readonly dropped: boolean;
  /** The connection breaks in the middle of the body. */
  readonly cut?: boolean;
}

const reasons: Readonly<Record<number, string>> = {
  200: "OK",
  400: "Parameter verification failed.",
  401: "No ticket",
  403: "Permission check failed",
  500: "Internal Server Error",
  501: "Not implemented",
  595: "No route to host",
};

/** Builds an answer; the reason phrase carries the first line of `reason`, or the standard phrase. */
export function answer(status: number, body: unknown, reason?: string): ApiAnswer {
  const line = (reason ?? reasons[status] ?? "Error").split("\n")[0] ?? "";
  const printable = line.replace(/[^\x20-\x7e]/g, "?");
  return { status, reason: printable, body: body === undefined ? "" : JSON.stringify(body), dropped: false };
}

/** A connection that ends without an answer. */
export const droppedAnswer: ApiAnswer = { status: 0, reason: "", body: "", dropped: true };
