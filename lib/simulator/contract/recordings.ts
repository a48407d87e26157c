import { readFileSync } from "node:fs";
import { z } from "zod";

const parameterSchema = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.unknown())]);

const stepSchema = z.union([
  z.object({ control: z.object({ flag: z.string(), text: z.string().optional() }) }),
  z.object({
    method: z.string(),
    path: z.string(),
    parameters: z.record(z.string(), parameterSchema).optional(),
    /** Which token; full rights when left out, none when null. */
    token: z.string().nullable().optional(),
    json: z.literal(true).optional(),
    /** Values later steps use: name → where in the answer. */
    captures: z.record(z.string(), z.array(z.union([z.string(), z.number()]))).optional(),
    /** What the real service answered; left out when the answer was not kept. */
    answer: z
      .object({ status: z.number(), blamed: z.array(z.string()).optional(), data: z.unknown().optional() })
      .optional(),
  }),
]);

const scenarioSchema = z.object({ scenario: z.string(), steps: z.array(stepSchema) });

/** A recorded request with what counts of its answer, or a fault to set before the next one. */
export type RecordedStep = z.infer<typeof stepSchema>;
/** Steps that begin with an empty cluster. */
export type RecordedScenario = z.infer<typeof scenarioSchema>;

/** Recorded by hand, rule by rule, or by random sequences of requests. */
export type RecordingName = "conformance" | "walks";

/** The scenarios recorded from the real service, reduced to what the comparison looks at. */
export function readRecordings(name: RecordingName): readonly RecordedScenario[] {
  const file = new URL(`../recorded/${name}.jsonl`, import.meta.url);
  const lines = readFileSync(file, "utf8").trim().split("\n");
  return lines.map((line) => scenarioSchema.parse(JSON.parse(line)));
}
