import { z } from "zod";

const faultSchema = z.object({
  match: z.object({ method: z.string().optional(), path: z.string().optional() }),
  nth: z.number().int().min(1).optional(),
  how: z.enum([
    ...["unheard", "unanswered", "reset", "slow", "500", "401", "403", "502", "595", "bad-json", "empty"],
    ...["hang", "die"],
  ] as const),
  times: z.number().int().min(1).optional(),
  milliseconds: z.number().min(0).optional(),
});

/**
 * A fault that waits for matching requests.
 *
 * `match.path` is a regular expression over the decoded path below `/api2/json`, `match.method` a method; both match
 * everything when left out. The fault strikes from the `nth` match on (default 1), `times` times (default 1).
 * `unheard` closes the connection before the request is looked at, `unanswered` after it was carried out; `reset` carries
 * it out and breaks the connection in the middle of the answer. `bad-json` and `empty` carry it out and answer 200 with a
 * broken body or none. A status refuses without carrying it out. `slow` waits `milliseconds` (default 2000) and then
 * carries on.
 *
 * Commands to a node's agent are requests of the method `SSH` to `/nodes/NODE/VERB`. There, `403` is that the key may not
 * start it, `500` that the agent could not (exit 1), `hang` that it never ends, and `die` that it is killed once a new state
 * is kept, before anything is done about it.
 */
export type Fault = z.infer<typeof faultSchema>;

/** Reads a fault, or says in one sentence what is wrong with it. */
export function readFault(value: unknown): { readonly fault: Fault } | { readonly problem: string } {
  const read = faultSchema.safeParse(value);
  if (!read.success) {
    const issue = read.error.issues[0];
    return { problem: `fault, ${issue?.path.join(".") || "body"}: ${issue?.message ?? "not understood"}` };
  }
  const { match, how } = read.data;
  const onlyThere = match.method === "SSH" ? ["401", "502", "595"] : ["hang", "die"];
  if (onlyThere.includes(how)) return { problem: `fault, how: ${how} is nothing that happens to this method` };
  try {
    new RegExp(read.data.match.path ?? "");
  } catch {
    return { problem: "fault, match.path: not a regular expression" };
  }
  return { fault: read.data };
}

interface Armed {
  readonly fault: Fault;
  readonly path: RegExp;
  seen: number;
}

/** The faults that are set. */
export class Faults {
  #armed: Armed[] = [];

  add(fault: Fault): void {
    this.#armed.push({ fault, path: new RegExp(fault.match.path ?? ""), seen: 0 });
  }

  clear(): void {
    this.#armed = [];
  }

  /** Counts a request; returns the fault that strikes it, if any. */
  strike(method: string, path: string): Fault | undefined {
    let found: Fault | undefined;
    for (const one of this.#armed) {
      const { match, nth = 1, times = 1 } = one.fault;
      if ((match.method !== undefined && match.method !== method) || !one.path.test(path)) continue;
      one.seen += 1;
      if (one.seen >= nth && one.seen < nth + times) found ??= one.fault;
    }
    return found;
  }
}
