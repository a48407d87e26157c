import { type Caller, callerFrom } from "@/lib/simulator/access/accounts";
import { demandAccess } from "@/lib/simulator/access/check";
import { findCaller } from "@/lib/simulator/access/sign-in";
import type { Cluster } from "@/lib/simulator/cluster/cluster";
import { answerControl, type ControlDesk } from "@/lib/simulator/control/control-endpoints";
import type { Fault } from "@/lib/simulator/control/faults";
import { Counted, WithChanges } from "@/lib/simulator/http/context";
import {
  type ApiAnswer,
  type ApiRequest,
  answer,
  droppedAnswer,
  type RawParameters,
} from "@/lib/simulator/http/messages";
import { readParameters } from "@/lib/simulator/http/read-parameters";
import { badParameters, Refusal } from "@/lib/simulator/http/refusal";
import { findRoute, type Route } from "@/lib/simulator/http/router";
import { asInRelease } from "@/lib/simulator/schema/releases";
import { verifyParameters } from "@/lib/simulator/schema/verify";

const prefix = "/api2/json";
/** The real service waits this long before it refuses a sign-in. */
const refusedSignInMilliseconds = 3000;
const slowMilliseconds = 2000;
const knownMethods: ReadonlySet<string> = new Set(["GET", "POST", "PUT", "DELETE"]);

/** One request on its way; the parts become known step by step. */
interface Passage {
  readonly request: ApiRequest;
  readonly path: string;
  readonly query: string;
  caller: Caller | undefined;
  parameters: RawParameters;
}

function decodePath(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}

function notImplemented(method: string, path: string): Refusal {
  return new Refusal(501, `Method '${method} ${path}' not implemented`);
}

/** Path values and sent values together; a parameter sent twice must agree. */
function mergeParameters(route: Route, sent: RawParameters): RawParameters {
  for (const [name, value] of Object.entries(route.fromPath))
    if (sent[name] !== undefined && String(sent[name]) !== value)
      throw badParameters({ [name]: "duplicate parameter (already defined in URI) with conflicting values!" });
  return { ...sent, ...route.fromPath };
}

/** A call for another node is passed on to it; it fails there before its parameters are looked at. */
function passOn(cluster: Cluster, route: Route, parameters: RawParameters): void {
  if (route.endpoint.proxied !== true) return;
  const name = parameters["node"];
  if (name === undefined) throw badParameters({ node: "proxyto parameter does not exist" });
  const node = cluster.node(String(name));
  if (node.name !== cluster.answeringNode().name && cluster.isOffline(node.name))
    throw new Refusal(595, "No route to host");
}

function carryOut(cluster: Cluster, passage: Passage): ApiAnswer {
  const { request, path } = passage;
  const route = findRoute(request.method, path);
  const open = route?.endpoint.open === "world";
  const found = findCaller(cluster.scene.accounts, request.headers, request.method, cluster.nowSeconds());
  passage.caller = found;
  if (found === undefined && !open) throw new Refusal(401, "");
  passage.parameters = readParameters(passage.query, request.headers["content-type"] ?? "", request.body);
  const endpoint = route && asInRelease(route.endpoint, cluster.release);
  if (route === undefined || endpoint === undefined) throw notImplemented(request.method, path);
  const raw = mergeParameters(route, passage.parameters);
  const caller = found ?? callerFrom("", []);
  demandAccess(route.endpoint, caller, raw);
  passOn(cluster, route, raw);
  const data = route.handle({ cluster, caller, parameters: verifyParameters(endpoint.parameters, raw) });
  if (data instanceof WithChanges) return answer(200, { data: data.data, changes: data.changes });
  if (!(data instanceof Counted)) return answer(200, { data });
  return answer(200, data.total > 0 ? { data: data.data, total: data.total } : { data: data.data });
}

function refusalAnswer({ status, message, errors }: Refusal): ApiAnswer {
  if (status === 401 && message === "") return answer(401, undefined, "No ticket");
  const body = { data: null, message, ...(errors === undefined ? {} : { errors }) };
  return answer(status, body, message);
}

function faultAnswer(how: Fault["how"]): ApiAnswer | undefined {
  if (how === "unheard") return droppedAnswer;
  if (how === "401") return refusalAnswer(new Refusal(401, ""));
  if (how === "403") return refusalAnswer(new Refusal(403, "Permission check failed (/sdn, SDN.Allocate)\n"));
  if (how === "500") return refusalAnswer(new Refusal(500, "got no worker upid\n"));
  if (how === "502") return answer(502, undefined, "Bad Gateway");
  if (how === "595") return refusalAnswer(new Refusal(595, "No route to host"));
  return undefined;
}

/** What becomes of an answer on its way back. */
function spoiled(given: ApiAnswer, how: Fault["how"] | undefined): ApiAnswer {
  switch (how) {
    case "unanswered":
      return droppedAnswer;
    case "reset":
      return { ...given, cut: true };
    case "bad-json":
      return { ...given, status: 200, body: given.body.slice(0, -1) };
    case "empty":
      return { ...given, status: 200, body: "" };
    default:
      return given;
  }
}

/** The simulated service without its sockets. */
export class ApiHandler {
  readonly #desk: ControlDesk;
  readonly #controlOpen: boolean;

  constructor(desk: ControlDesk, controlOpen: boolean) {
    this.#desk = desk;
    this.#controlOpen = controlOpen;
  }

  /** Answers one request. Never throws. */
  async handle(request: ApiRequest): Promise<ApiAnswer> {
    const [encoded = "", query = ""] = request.target.split(/\?(.*)/s);
    const decoded = decodePath(encoded);
    if (decoded === undefined || !decoded.startsWith(`${prefix}/`)) return answer(404, undefined, "Not found");
    const path = decoded.slice(prefix.length);
    if (this.#controlOpen) {
      const control = answerControl(this.#desk, request.method, path, request.body);
      if (control !== undefined) return control;
    }
    if (!knownMethods.has(request.method)) return answer(501, undefined, `method '${request.method}' not available`);
    return await this.#answer({ request, path, query, caller: undefined, parameters: {} });
  }

  async #answer(passage: Passage): Promise<ApiAnswer> {
    const { cluster, faults, journal } = this.#desk;
    const { method } = passage.request;
    const fault = faults.strike(method, passage.path);
    const { generation } = cluster;
    if (fault?.how === "slow") await cluster.surroundings.sleep(fault.milliseconds ?? slowMilliseconds);
    // The cluster that was asked is no more, and the one after it was not asked.
    if (cluster.generation !== generation) return droppedAnswer;
    const struck = fault === undefined ? undefined : faultAnswer(fault.how);
    const normal = struck ?? this.#carryOut(passage);
    const given = spoiled(normal, fault?.how);
    journal.add({
      method,
      path: passage.path,
      parameters: passage.parameters,
      account: passage.caller?.id,
      status: given.status,
    });
    if (given.status === 401 && cluster.speed === "real") await cluster.surroundings.sleep(refusedSignInMilliseconds);
    return given;
  }

  #carryOut(passage: Passage): ApiAnswer {
    try {
      return carryOut(this.#desk.cluster, passage);
    } catch (cause) {
      if (cause instanceof Refusal) return refusalAnswer(cause);
      throw cause;
    }
  }
}
