import type { Failure, FailureKind } from "@/lib/core/failure";
import { err, ok, type Result } from "@/lib/core/result";
import { SIGNED_OUT } from "./action";
import { context } from "./context";
import { apiActor } from "./session";
import type { Actor } from "./views";

/** The HTTP status of each kind of failure; the only place that decides it. */
const STATUS: Readonly<Record<FailureKind, number>> = {
  unreachable: 502,
  timeout: 504,
  certificate: 502,
  unauthorized: 401,
  forbidden: 403,
  rejected: 400,
  refused: 422,
  locked: 409,
  unsupported: 501,
  "node-unreachable": 502,
  "bad-answer": 502,
  stale: 409,
  cancelled: 409,
};

const NO_STORE = { "cache-control": "no-store" };

/** A failure as an answer: `{error: {kind, message, fields?, next?}}` with the status of its kind. */
export function failureResponse(failure: Failure, status = STATUS[failure.kind]): Response {
  const { kind, message, fields, next } = failure;
  return Response.json({ error: { kind, message, fields, next } }, { status, headers: NO_STORE });
}

export function resultResponse(result: Result<unknown, Failure>): Response {
  return result.ok ? Response.json(result.value, { headers: NO_STORE }) : failureResponse(result.error);
}

type Handler = (request: Request, route: { readonly params: Promise<Record<string, string>> }) => Promise<Response>;

/**
 * Makes a route handler for signed-in callers. Requests that change something must come from our own pages or carry a
 * bearer token, which no foreign page can send. What `run` gives is answered as JSON, or as it is when it is a Response.
 */
export function route(
  run: (actor: Actor, request: Request, params: Record<string, string>) => Promise<Result<unknown, Failure> | Response>,
): Handler {
  return async (request, { params }) => {
    const foreign = await foreignOrigin(request);
    if (foreign) return failureResponse(foreign);
    const actor = await apiActor(request);
    if (!actor) return failureResponse(SIGNED_OUT);
    const answer = await run(actor, request, await params);
    return answer instanceof Response ? answer : resultResponse(answer);
  };
}

/** The refusal of a state-changing request from a foreign page, or null. */
async function foreignOrigin(request: Request): Promise<Failure | null> {
  if (request.method === "GET" || request.method === "HEAD" || request.headers.has("authorization")) return null;
  const origin = request.headers.get("origin");
  const { env } = await context();
  const host = request.headers.get("host");
  const allowed = env.publicUrlSet ? [new URL(env.publicUrl).origin] : [`http://${host}`, `https://${host}`];
  if (origin !== null && allowed.includes(origin)) return null;
  return {
    kind: "forbidden",
    retry: false,
    message: "The request comes from another site and was refused.",
    next: "Open Trunkline itself; if it is behind a proxy, set TRUNKLINE_PUBLIC_URL to the address people open.",
  };
}

const MAX_BYTES = 8 * 1024 * 1024;

/** The JSON body of a request, or a failure that says what is wrong with it. */
export async function readBody(request: Request): Promise<Result<unknown, Failure>> {
  const text = await readText(request);
  if (!text.ok) return text;
  try {
    return ok(JSON.parse(text.value) as unknown);
  } catch {
    return bad("The request is not JSON.");
  }
}

const bad = (message: string): Result<never, Failure> => err({ kind: "rejected", retry: false, message });

/** The body of a request as text, or a failure when it is too large. */
export async function readText(request: Request): Promise<Result<string, Failure>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BYTES) return bad(`The request is larger than ${MAX_BYTES / 1024 / 1024} MB.`);
    chunks.push(chunk);
  }
  return ok(Buffer.concat(chunks).toString("utf8"));
}
