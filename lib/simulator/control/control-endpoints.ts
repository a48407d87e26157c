import type { Cluster } from "@/lib/simulator/cluster/cluster";
import type { Faults } from "@/lib/simulator/control/faults";
import { readFault } from "@/lib/simulator/control/faults";
import type { RequestJournal } from "@/lib/simulator/control/request-journal";
import { damageHost } from "@/lib/simulator/host/damage";
import { type ApiAnswer, answer } from "@/lib/simulator/http/messages";

/** What tests turn to steer a simulation. */
export interface ControlDesk {
  readonly cluster: Cluster;
  readonly faults: Faults;
  readonly journal: RequestJournal;
  /** Lets a key in to the nodes' agents; one sentence when that cannot be. */
  authorize: (line: string) => string | undefined;
}

/** Sets a flag (`fail-ifreload-pve2`, `slow-ifreload-pve2`, `offline-pve3`), or takes it away when there is no text. */
export function setFlag(cluster: Cluster, flag: string, text: string | undefined): void {
  if (text === undefined) cluster.flags.delete(flag);
  else cluster.flags.set(flag, text);
}

/** Back to the empty scene, without faults and without recorded requests. */
export function resetAll({ cluster, faults, journal }: ControlDesk): void {
  cluster.reset();
  faults.clear();
  journal.clear();
}

/** A generated file of a node: `sdn` is text, `dnsmasq` a map of file name to text; nothing before the first apply. */
export function generatedFile(cluster: Cluster, node: string, which: string): unknown {
  const state = cluster.nodeState(node);
  return (which === "dnsmasq" ? state.dnsmasq : state.interfacesFile) ?? null;
}

function fieldText(body: unknown, name: string): string | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const value: unknown = Object.entries(body).find(([key]) => key === name)?.[1];
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

function jsonBody(body: string): unknown {
  try {
    return JSON.parse(body === "" ? "{}" : body);
  } catch {
    return undefined;
  }
}

function badRequest(message: string): ApiAnswer {
  return answer(400, { data: null, message: `${message}\n`, errors: {} });
}

/** `{authorize}` lets a key in to the agents of all nodes; `{node, damage}` breaks something that an agent made. */
function changeHosts({ cluster, authorize }: ControlDesk, body: unknown): ApiAnswer {
  const key = fieldText(body, "authorize");
  const problem =
    key === undefined
      ? damageHost(cluster, fieldText(body, "node") ?? "", fieldText(body, "damage") ?? "")
      : authorize(key);
  return problem === undefined ? answer(200, { data: null }) : badRequest(problem);
}

/** Answers a request to a control endpoint; nothing when the path is none. */
export function answerControl(desk: ControlDesk, method: string, path: string, body: string): ApiAnswer | undefined {
  const [, first = "", second = "", third = ""] = path.split("/");
  switch (`${method} ${first}`) {
    case "POST __reset":
      resetAll(desk);
      return answer(200, { data: null });
    case "POST __control": {
      const parsed = jsonBody(body);
      const flag = fieldText(parsed, "flag");
      if (flag === undefined) return badRequest("control, flag: give the name of a flag as text");
      setFlag(desk.cluster, flag, fieldText(parsed, "text"));
      return answer(200, { data: null });
    }
    case "POST __host":
      return changeHosts(desk, jsonBody(body));
    case "POST __fault": {
      const read = readFault(jsonBody(body));
      if ("problem" in read) return badRequest(read.problem);
      desk.faults.add(read.fault);
      return answer(200, { data: null });
    }
    case "DELETE __fault":
      desk.faults.clear();
      return answer(200, { data: null });
    case "GET __requests":
      return answer(200, { data: desk.journal.list() });
    case "DELETE __requests":
      desk.journal.clear();
      return answer(200, { data: null });
    case "GET __file":
      return answer(200, { data: generatedFile(desk.cluster, second, third) });
    default:
      return undefined;
  }
}
