import { setTimeout as pause } from "node:timers/promises";
import { Cluster, type Surroundings } from "@/lib/simulator/cluster/cluster";
import { restoreState, saveState } from "@/lib/simulator/cluster/saved-state";
import { readStateFile, writeStateFile } from "@/lib/simulator/cluster/state-file";
import { type ControlDesk, generatedFile, resetAll, setFlag } from "@/lib/simulator/control/control-endpoints";
import { type Fault, Faults } from "@/lib/simulator/control/faults";
import { type JournalEntry, RequestJournal } from "@/lib/simulator/control/request-journal";
import { type AgentsFile, readAgentsFile, writeAgentsFile } from "@/lib/simulator/host/agents-file";
import { damageHost } from "@/lib/simulator/host/damage";
import { type AgentAddress, type NodeAgents, startAgents } from "@/lib/simulator/host/node-agents";
import { type Certificate, makeCertificate } from "@/lib/simulator/http/certificate";
import { ApiHandler } from "@/lib/simulator/http/handler";
import { listen } from "@/lib/simulator/http/listen";
import type { ApiAnswer, ApiRequest } from "@/lib/simulator/http/messages";
import { type SceneName, scenes } from "@/lib/simulator/scenes/scenes";
import type { Release } from "@/lib/simulator/schema/releases";

/** How to start a simulated cluster. */
export interface SimulatorOptions {
  readonly scene: SceneName;
  /** 0 takes any free port. */
  readonly port: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Speak HTTPS with a self-signed certificate. */
  readonly tls?: boolean;
  /** Keep the state in this file over restarts. */
  readonly stateFile?: string;
  /**
   * Nodes offer their agents over SSH, on the loopback address: a file that keeps ports, host keys and the keys let in
   * (made when missing), or the same as a value. Default: they do not.
   */
  readonly agents?: string | AgentsFile;
  /** Offer the control endpoints; default as the scene says. */
  readonly control?: boolean;
  /** `instant`: no waiting in tasks and refused sign-ins; default as the scene says. */
  readonly speed?: "real" | "instant";
  /** Default 9.2. */
  readonly release?: Release;
  /** Replaces clock, randomness and waiting, in tests. */
  readonly surroundings?: Partial<Surroundings>;
}

/** A running simulated cluster. */
export interface Simulator {
  readonly url: string;
  /** SHA-256 of the certificate, with TLS only. */
  readonly fingerprint?: string;
  /** Where the nodes' agents are. */
  readonly agents: readonly AgentAddress[];
  /** Lets a key in to the agents of all nodes. */
  authorize(publicKey: string): void;
  /** Takes something away that a node's agent made: `rules`, `addresses`, `dhcp`, `snippet`, `routes`, `state`. */
  damage(node: string, kind: string): void;
  /** Answers a request without a socket. */
  handle(request: ApiRequest): Promise<ApiAnswer>;
  /** Sets a flag such as `fail-ifreload-pve2`; without text the flag is taken away. */
  control(flag: string, text?: string): void;
  addFault(fault: Fault): void;
  clearFaults(): void;
  /** The requests since the start or the last `clearRequests`, oldest first. */
  requests(): readonly JournalEntry[];
  clearRequests(): void;
  /** The file the last apply generated on a node. */
  file(node: string, which: "sdn" | "dnsmasq"): unknown;
  /** Back to the empty scene. */
  reset(): void;
  /** Saves and stops. */
  close(): Promise<void>;
}

/** A start that cannot happen; the message is one sentence for a person. */
export class StartProblem extends Error {}

const saveAfterMilliseconds = 200;

/** Saves the cluster a little after each change and at once after important ones; returns the final save. */
function keepState(cluster: Cluster, path: string, certificate: Certificate | undefined): () => void {
  let timer: NodeJS.Timeout | undefined;
  const save = () => {
    clearTimeout(timer);
    timer = undefined;
    writeStateFile(path, { state: saveState(cluster), certificate });
  };
  cluster.onChange = (important) => {
    if (important) save();
    else timer ??= setTimeout(save, saveAfterMilliseconds);
  };
  return save;
}

function loadState(cluster: Cluster, path: string): Certificate | undefined {
  const read = readStateFile(path, cluster.scene.name);
  if ("problem" in read) throw new StartProblem(read.problem);
  if (read.contents === undefined) return undefined;
  restoreState(cluster, read.contents.state);
  return read.contents.certificate;
}

function portProblem(cause: unknown, host: string, port: number): unknown {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "EADDRINUSE") return new StartProblem(`Port ${port} on ${host} is in use; choose another with --port.`);
  if (code === "EACCES") return new StartProblem(`Port ${port} needs more rights; choose one above 1023 with --port.`);
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return new StartProblem(`This machine has no address ${host}; choose another with --host.`);
  return cause;
}

const nowhere: NodeAgents = {
  addresses: [],
  authorize: () => "host, authorize: the nodes of this simulation offer no agents",
  toFile: () => ({ authorizedKeys: [], nodes: {} }),
  close: () => Promise.resolve(),
};

/** The nodes' agents, where they are asked for; a file of them is kept up to date. */
async function openAgents(desk: ControlDesk, agents: SimulatorOptions["agents"]): Promise<NodeAgents> {
  if (agents === undefined) return nowhere;
  if (typeof agents !== "string") return startAgents(desk, agents);
  const read = readAgentsFile(agents);
  if ("problem" in read) throw new StartProblem(read.problem);
  const started = await startAgents(desk, read.agents ?? { authorizedKeys: [], nodes: {} });
  const keep = () => writeAgentsFile(agents, started.toFile());
  keep();
  return {
    ...started,
    authorize: (line) => {
      const problem = started.authorize(line);
      if (problem === undefined) keep();
      return problem;
    },
  };
}

const demandDone = (problem: string | undefined): void => {
  if (problem !== undefined) throw new Error(problem);
};

/** Starts a simulated cluster. Rejects with a `StartProblem` for a busy port or an unusable state file. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const scene = scenes[options.scene];
  const host = options.host ?? "127.0.0.1";
  const surroundings: Surroundings = {
    now: Date.now,
    random: Math.random,
    // A wait must not keep a stopped simulation alive.
    sleep: (milliseconds) => pause(milliseconds, undefined, { ref: false }),
    ...options.surroundings,
  };
  const cluster = new Cluster(scene, surroundings, {
    speed: options.speed ?? scene.defaults.speed,
    release: options.release ?? "9.2",
  });
  const saved = options.stateFile === undefined ? undefined : loadState(cluster, options.stateFile);
  const certificate = options.tls === true ? (saved ?? (await makeCertificate(host))) : undefined;
  const desk: ControlDesk = {
    ...{ cluster, faults: new Faults(), journal: new RequestJournal() },
    authorize: (line) => agents.authorize(line),
  };
  const agents = await openAgents(desk, options.agents).catch((cause: unknown) => {
    const taken = cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE";
    throw taken ? new StartProblem("A port of the nodes' agents is in use; give them others in their file.") : cause;
  });
  const handler = new ApiHandler(desk, options.control ?? scene.defaults.control);
  const listening = await listen(handler, { host, port: options.port, certificate }).catch(async (cause: unknown) => {
    await agents.close();
    throw portProblem(cause, host, options.port);
  });
  const save = options.stateFile === undefined ? () => {} : keepState(cluster, options.stateFile, certificate ?? saved);
  save();
  const shownHost = host.includes(":") ? `[${host}]` : host;
  return {
    url: `${certificate === undefined ? "http" : "https"}://${shownHost}:${listening.port}`,
    ...(certificate === undefined ? {} : { fingerprint: certificate.fingerprint }),
    agents: agents.addresses,
    authorize: (publicKey) => demandDone(agents.authorize(publicKey)),
    damage: (node, kind) => demandDone(damageHost(cluster, node, kind)),
    handle: (request) => handler.handle(request),
    control: (flag, text) => setFlag(cluster, flag, text),
    addFault: (fault) => desk.faults.add(fault),
    clearFaults: () => desk.faults.clear(),
    requests: () => desk.journal.list(),
    clearRequests: () => desk.journal.clear(),
    file: (node, which) => generatedFile(cluster, node, which),
    reset: () => resetAll(desk),
    close: async () => {
      await Promise.all([listening.close(), agents.close()]);
      save();
      cluster.onChange = () => {};
    },
  };
}
