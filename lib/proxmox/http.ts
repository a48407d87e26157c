import type { Agent, Dispatcher } from "undici";
import type { Failure } from "@/lib/core/failure";
import { err, ok, type Result } from "@/lib/core/result";
import {
  type ClusterAddress,
  DEFAULT_TIMEOUTS,
  type Endpoint,
  parseEndpoint,
  parseFingerprints,
  type Timeouts,
} from "./address";
import { answerFailure } from "./answer-failure";
import { createAgent, NeverConnected } from "./connection";
import { Deadline } from "./deadline";
import { encodeForm, type Params } from "./form";
import { CHECK_SERVER, joinSteps, READ_BACK } from "./next-step";
import { type Attempt, transportFailure } from "./transport-failure";

/** One call. `what` completes the sentence "Could not …"; it names the thing and never a parameter's value. */
export interface Call {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below /api2/json, each part encoded. */
  readonly path: string;
  readonly params?: Params;
  readonly what: string;
}

/** The parsed body of a success: `data`, and what some calls put beside it. */
export interface Answer {
  readonly data: unknown;
  readonly [beside: string]: unknown;
}

export interface Http {
  readonly tokenId: string;
  /** Sends one call. Never throws; a write is sent to one server only, and at most once. */
  send(call: Call): Promise<Result<Answer, Failure>>;
  /** Lets go of the connections that are kept open. */
  close(): Promise<void>;
}

/** The largest known answers (guests of a big cluster) stay well below. */
const MAX_BODY_BYTES = 32 * 1024 * 1024;

interface Server extends Endpoint {
  readonly agent: Agent;
}

/** Opens nothing yet: connections come with the first call. */
export function createHttp(address: ClusterAddress): Http {
  const timeouts: Timeouts = { ...DEFAULT_TIMEOUTS, ...address.timeouts };
  const pins = parseFingerprints(address.fingerprint);
  const servers = address.endpoints.flatMap((text): Server[] => {
    const endpoint = parseEndpoint(text);
    return endpoint ? [{ ...endpoint, agent: createAgent(pins, timeouts) }] : [];
  });
  // A secret of a few letters is none, and hiding it would garble every answer.
  const hide = (text: string): string => (address.secret.length < 8 ? text : text.replaceAll(address.secret, "***"));
  const authorization = `PVEAPIToken=${address.tokenId}=${address.secret}`;
  let preferred = 0;

  async function attempt(server: Server, call: Call): Promise<Outcome> {
    const write = call.method !== "GET";
    const timeoutMs = write ? timeouts.writeMs : timeouts.readMs;
    const reply = await exchange(server, call, authorization, timeoutMs);
    if ("answer" in reply) return answered(judge(reply.answer, call, address.tokenId, hide), write);
    return unanswered(reply.error, { what: call.what, server: server.label, write, timeoutMs });
  }

  return {
    tokenId: address.tokenId,
    async close() {
      await Promise.all(servers.map(({ agent }) => agent.close()));
    },
    async send(call) {
      const unusable = refuseBeforehand(call, address, servers);
      if (unusable) return err(unusable);
      const failures: Failure[] = [];
      for (const server of rotated(servers, preferred)) {
        const { result, heard, goesOn } = await attempt(server, call);
        if (heard && !goesOn) {
          preferred = servers.indexOf(server);
          return result;
        }
        if (!result.ok) failures.push(result.error);
        if (!goesOn) break;
      }
      return err(worst(failures) ?? noAddress(call));
    },
  };
}

interface Outcome {
  readonly result: Result<Answer, Failure>;
  /** The server answered, whatever it said. */
  readonly heard: boolean;
  /** The next server may be asked the same. */
  readonly goesOn: boolean;
}

/** A proxy that does not reach its server answers too: a read may find another way. */
const answered = (result: Result<Answer, Failure>, write: boolean): Outcome => ({
  result,
  heard: true,
  goesOn: !write && !result.ok && result.error.kind === "unreachable",
});

/** Whatever may have been heard is not said twice. */
const unanswered = (error: unknown, attempt: Attempt): Outcome => ({
  result: err(transportFailure(error, attempt)),
  heard: false,
  goesOn: !attempt.write || error instanceof NeverConnected,
});

/** The list beginning with the server that answered last. */
const rotated = <T>(list: readonly T[], first: number): T[] => [...list.slice(first), ...list.slice(0, first)];

/**
 * The failure to report after several servers were tried: a write that may have happened before anything else, then a
 * certificate that is not ours (worth more attention than a server that is switched off), else the first.
 */
const worst = (failures: readonly Failure[]): Failure | undefined =>
  failures.find((failure) => failure.unclear) ??
  failures.find((failure) => failure.kind === "certificate") ??
  failures[0];

function refuseBeforehand(call: Call, address: ClusterAddress, servers: readonly Server[]): Failure | null {
  if (servers.length === 0) return noAddress(call);
  // A header may hold visible ASCII only; undici would throw.
  if (/^[\x21-\x7e]+$/.test(address.tokenId + address.secret) && address.tokenId.includes("!")) return null;
  return {
    kind: "unauthorized",
    message: `Could not ${call.what}: the API token is incomplete or has characters it cannot have.`,
    retry: false,
    next: "Enter the token's id as user@realm!name and its secret as Proxmox showed it.",
  };
}

const noAddress = (call: Call): Failure => ({
  kind: "unreachable",
  message: `Could not ${call.what}: the cluster has no usable address.`,
  retry: false,
  next: "Enter an address such as https://pve1.example.org:8006.",
});

interface RawAnswer {
  readonly status: number;
  readonly statusText: string;
  /** null: larger than what is accepted. */
  readonly text: string | null;
}
type Reply = { readonly answer: RawAnswer } | { readonly error: unknown };

async function exchange(server: Server, call: Call, authorization: string, timeoutMs: number): Promise<Reply> {
  const form = call.params ? encodeForm(call.params) : "";
  const inBody = call.method === "POST" || call.method === "PUT";
  const deadline = new Deadline(timeoutMs);
  const options: Dispatcher.RequestOptions = {
    origin: server.origin,
    path: `${server.base}${call.path}${!inBody && form !== "" ? `?${form}` : ""}`,
    method: call.method,
    headers: {
      authorization,
      accept: "application/json",
      ...(inBody ? { "content-type": "application/x-www-form-urlencoded" } : {}),
    },
    body: inBody ? form : null,
    signal: deadline,
  };
  try {
    const { statusCode, statusText, headers, body } = await server.agent.request(options);
    // An answer that announces its length is no longer than that, and is read in one go.
    const announced = Number(headers["content-length"] ?? Number.NaN);
    const text = announced <= MAX_BODY_BYTES ? await body.text() : await readBounded(body);
    return { answer: { status: statusCode, statusText, text } };
  } catch (error) {
    return { error };
  } finally {
    deadline.met();
  }
}

async function readBounded(body: AsyncIterable<Uint8Array>): Promise<string | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    // Leaving the loop destroys the stream, and with it the connection.
    if (size > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function judge(raw: RawAnswer, call: Call, tokenId: string, hide: (text: string) => string): Result<Answer, Failure> {
  const write = call.method !== "GET";
  // Should a server quote the secret back, it stops here.
  const body = raw.text === null ? undefined : parseJson(hide(raw.text));
  if (raw.status !== 200) {
    return err(
      answerFailure(
        { status: raw.status, statusText: hide(raw.statusText), body },
        { what: call.what, write, tokenId },
      ),
    );
  }
  if (typeof body === "object" && body !== null && "data" in body) return ok({ ...body, data: body.data });
  return err({
    kind: "bad-answer",
    message: `Could not ${call.what}: the answer is ${raw.text === null ? "larger than expected" : "not what Proxmox VE answers"}.`,
    retry: false,
    ...(write ? { unclear: true } : {}),
    next: write ? joinSteps(READ_BACK, CHECK_SERVER) : CHECK_SERVER,
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
