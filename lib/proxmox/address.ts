/** Where a cluster answers and as whom to speak to it. `secret` never leaves this room. */
export interface ClusterAddress {
  /** One or several addresses of the same cluster, as `https://pve1:8006`; tried in this order. */
  readonly endpoints: readonly string[];
  /**
   * SHA-256 fingerprint in colon form that the server's certificate must have. Several, separated by commas or spaces,
   * where each node has its own. null: the system's trust decides.
   */
  readonly fingerprint: string | null;
  /** `user@realm!tokenname` */
  readonly tokenId: string;
  readonly secret: string;
  readonly timeouts?: Partial<Timeouts>;
}

/** In milliseconds, for a whole call: connecting, waiting and reading the answer. */
export interface Timeouts {
  readonly readMs: number;
  readonly writeMs: number;
}

export const DEFAULT_TIMEOUTS: Timeouts = { readMs: 10_000, writeMs: 30_000 };

/** One server of the cluster: what to connect to, what to put before each path, and how people know it. */
export interface Endpoint {
  readonly origin: string;
  readonly base: string;
  readonly label: string;
}

/** Reads an address as people type it. null when it is not an http or https address. */
export function parseEndpoint(text: string): Endpoint | null {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : null;
  if (!url || (url.protocol !== "https:" && url.protocol !== "http:")) return null;
  const folder = url.pathname.replace(/\/+$/, "").replace(/\/api2\/json$/, "");
  return { origin: url.origin, base: `${folder}/api2/json`, label: url.host };
}

/** Fingerprints in one spelling (upper case, colons), however they were typed; null when there is none. */
export function parseFingerprints(text: string | null): readonly string[] | null {
  const found = (text ?? "").split(/[\s,;]+/).filter((part) => part !== "");
  if (found.length === 0) return null;
  return found.map(
    (part) =>
      part
        .replace(/^sha-?256[:=]/i, "")
        .replaceAll(":", "")
        .toUpperCase()
        .match(/.{1,2}/g)
        ?.join(":") ?? "",
  );
}
