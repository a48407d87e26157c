import { z } from "zod";

const itemSchema = z.object({
  type: z.string().optional(),
  format: z.string().optional(),
  enum: z.array(z.string()).optional(),
});

const propertySchema = itemSchema.extend({
  optional: z.boolean().optional(),
  pattern: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  requires: z.string().optional(),
  items: itemSchema.optional(),
});

const endpointSchema = z.object({
  method: z.enum(["GET", "POST", "PUT", "DELETE"]),
  path: z.string(),
  /** Answered by the node named in the path or the `node` parameter. */
  proxied: z.boolean().optional(),
  /** `all`: every signed-in caller, the handler filters; `world`: everyone. */
  open: z.enum(["all", "world"]).optional(),
  check: z.array(z.unknown()).optional(),
  parameters: z.record(z.string(), propertySchema),
});

/** One parameter's rules. */
export type Property = z.infer<typeof propertySchema>;
/** One endpoint: method, path with `{names}`, who may call it, its parameters. */
export type Endpoint = z.infer<typeof endpointSchema>;

/** Reads a list of endpoints from its JSON form. */
export function readEndpoints(json: unknown): readonly Endpoint[] {
  return z.array(endpointSchema).parse(json);
}
