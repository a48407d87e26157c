import type { RawParameters, RawValue } from "@/lib/simulator/http/messages";
import { Refusal } from "@/lib/simulator/http/refusal";

const bodyLimitBytes = 512 * 1024;

function addForm(into: Record<string, RawValue>, form: URLSearchParams): void {
  for (const [name, value] of form) {
    const before = into[name];
    if (before === undefined) into[name] = value;
    else into[name] = Array.isArray(before) ? [...before, value] : [before, value];
  }
}

function jsonValue(name: string, value: unknown): RawValue {
  if (value === null) throw new Refusal(500, `got undefined value for '${name}'\n`);
  if (typeof value === "boolean") return value ? "1" : "0";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value;
  return typeof value === "object" ? value : String(value);
}

/**
 * Reads the parameters of one request.
 * Query for every method, then the body: a form, or JSON when the content type says so. Throws a refusal for JSON `null`
 * (500) and for a body over 512 KiB (501, as the real service).
 */
export function readParameters(query: string, contentType: string, body: string): RawParameters {
  const parameters: Record<string, RawValue> = {};
  addForm(parameters, new URLSearchParams(query));
  if (body === "") return parameters;
  if (Buffer.byteLength(body) > bodyLimitBytes) throw new Refusal(501, "for data too large\n");
  if (!contentType.startsWith("application/json")) {
    addForm(parameters, new URLSearchParams(body));
    return parameters;
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw new Refusal(500, "malformed JSON string\n");
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return parameters;
  for (const [name, value] of Object.entries(parsed)) parameters[name] = jsonValue(name, value);
  return parameters;
}
