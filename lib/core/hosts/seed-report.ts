import * as z from "zod/mini";

const text = z.string();

/** One thing the Terraform module left on a node, as lib/hosts/seed/trunkline-seed lists it. */
const leftoverSchema = z.object({
  /** What `remove` takes; names this thing and no other. */
  id: text,
  kind: z.enum(["unit", "file", "rule", "line", "route", "address"]),
  name: text,
  detail: text,
  zone: z.nullable(text),
  vnet: z.nullable(text),
  cidr: z.nullable(text),
  /** Serves every zone of the module on this node; gone for one, gone for all. */
  shared: z.boolean(),
});
export type Leftover = z.infer<typeof leftoverSchema>;

const seedReportSchema = z.object({
  schema: z.literal(1),
  node: text,
  /** What is there (still). */
  leftovers: z.array(leftoverSchema),
  /** What looks like the module's and is not quite; never removed. */
  left: z.array(z.object({ name: text, reason: text })),
  removed: z.array(leftoverSchema),
  failed: z.array(leftoverSchema),
  error: z.nullable(z.object({ field: text, reason: text, fix: text })),
});
export type SeedReport = z.infer<typeof seedReportSchema>;

/** The answer as the program printed it, or null where it is none. */
export function readSeedReport(stdout: string): SeedReport | null {
  try {
    const read = seedReportSchema.safeParse(JSON.parse(stdout));
    return read.success ? read.data : null;
  } catch {
    return null;
  }
}
