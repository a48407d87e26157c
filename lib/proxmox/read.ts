import type * as z from "zod";
import type { Failure } from "@/lib/core/failure";
import { err, ok, type Result } from "@/lib/core/result";
import type { Params } from "./form";
import type { Answer, Call, Http } from "./http";
import { joinSteps, READ_BACK, UNKNOWN_FORM } from "./next-step";

/** Reads one path and checks the shape of its `data`; a shape that is not what the API promises is `bad-answer`. */
export async function read<S extends z.ZodType>(
  http: Http,
  what: string,
  path: string,
  schema: S,
  params?: Params,
): Promise<Result<z.output<S>, Failure>> {
  const answer = await http.send({ method: "GET", path, what, ...(params ? { params } : {}) });
  return answer.ok ? expectData(answer.value, schema, what, false) : answer;
}

/** Sends a write and checks what it gives back; a success of the wrong shape may still have happened. */
export async function write<S extends z.ZodType>(
  http: Http,
  call: Call,
  schema: S,
): Promise<Result<z.output<S>, Failure>> {
  const answer = await http.send(call);
  return answer.ok ? expectData(answer.value, schema, call.what, true) : answer;
}

/** Checks `data` of an answer. The message names the place, never the value. */
export function expectData<S extends z.ZodType>(
  answer: Answer,
  schema: S,
  what: string,
  written: boolean,
): Result<z.output<S>, Failure> {
  const parsed = schema.safeParse(answer.data);
  if (parsed.success) return ok(parsed.data);
  const place = parsed.error.issues[0]?.path.join(".") || "data";
  return err({
    kind: "bad-answer",
    message: `Could not ${what}: Proxmox answered in a form that is not known here (at ${place}).`,
    retry: false,
    ...(written ? { unclear: true } : {}),
    next: written ? joinSteps(READ_BACK, UNKNOWN_FORM) : UNKNOWN_FORM,
  });
}
