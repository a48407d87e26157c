import * as z from "zod/mini";

/**
 * What the agent of a node answers, to every verb. Read loosely: a newer agent may say more. What a verb does not know
 * (leases come with `status` only) is empty.
 */
const text = z.string();
const number = z.number();
const list = <T extends z.core.$ZodType>(item: T) => z._default(z.array(item), []);

const hostReportSchema = z.object({
  schema: z.literal(1),
  /** Version of the agent. */
  agent: text,
  /** The node's own host name. */
  node: text,
  /** What was asked, and when by the node's clock; null: a word that is no verb. */
  verb: z.optional(z.nullable(text)),
  atMs: z.optional(number),
  owner: z.optional(z.nullable(text)),
  revision: z.optional(z.nullable(number)),
  /** Done by `put`, `apply` and `remove`; found, and not done, by `plan` and `status`. */
  changes: list(z.object({ what: text, object: text, action: text, detail: z._default(text, "") })),
  /** What cannot be done yet, such as a VNet that is not there. */
  pending: list(z.object({ object: text, reason: text })),
  leases: list(
    z.object({
      vnet: text,
      mac: text,
      ip: text,
      hostname: z._default(z.nullable(text), null),
      /** Unix time in seconds; null never ends. */
      expires: z._default(z.nullable(number), null),
    }),
  ),
  /** The last repairs the agent did by itself. */
  repairs: list(z.object({ atMs: number, changes: number, what: z._default(z.array(text), []) })),
  error: z.optional(z.nullable(z.object({ field: z._default(text, ""), reason: text, fix: z._default(text, "") }))),
});
export type HostReport = z.infer<typeof hostReportSchema>;

/** The answer as the agent printed it, or null where it is none. */
export function readHostReport(stdout: string): HostReport | null {
  let value: unknown;
  try {
    value = JSON.parse(stdout);
  } catch {
    return null;
  }
  const read = hostReportSchema.safeParse(value);
  return read.success ? read.data : null;
}
