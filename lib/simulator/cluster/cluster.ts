import { TaskLog } from "@/lib/simulator/cluster/task-log";
import { emptyHost, type HostRecord } from "@/lib/simulator/host/host-state";
import { died } from "@/lib/simulator/http/refusal";
import type { Scene, SceneNode } from "@/lib/simulator/scenes/scene";
import type { Release } from "@/lib/simulator/schema/releases";
import { IpamDatabase } from "@/lib/simulator/sdn/ipam-database";
import { emptySdnFiles, type RunningConfig, type SdnFiles } from "@/lib/simulator/sdn/sdn-config";
import type { Section } from "@/lib/simulator/sdn/section";

/** What one node has on its disk and in its kernel. */
export interface NodeState {
  /** `/etc/network/interfaces.d/sdn`, once generated. */
  interfacesFile?: string;
  /** Interfaces that came up, with the stanza they came up with. */
  up: Map<string, string>;
  /** How often its network was reloaded since the simulation started. */
  reloads: number;
  /** dnsmasq files: path below `/etc/dnsmasq.d` → text. */
  dnsmasq?: Readonly<Record<string, string>>;
}

/** A vnet's firewall. */
export interface VnetFirewall {
  readonly options: Section;
  readonly rules: readonly Section[];
}

/** How long things take and what is random; replaceable so that tests decide. */
export interface Surroundings {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** 0 up to, but not including, 1. */
  readonly random: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** One simulated cluster: the scene, the configuration, the nodes, the tasks. */
export class Cluster {
  readonly scene: Scene;
  readonly surroundings: Surroundings;
  readonly speed: "real" | "instant";
  readonly release: Release;
  /** Called after every change worth keeping; `important` ones are written at once. */
  onChange: (important: boolean) => void = () => {};

  files: SdnFiles = emptySdnFiles();
  running: RunningConfig | undefined;
  lockToken: string | undefined;
  ipam = new IpamDatabase();
  tasks = new TaskLog();
  firewalls = new Map<string, VnetFirewall>();
  /** Set faults: `fail-ifreload-pve2` → text. */
  flags = new Map<string, string>();
  /** Counts resets; work begun before a reset must not touch what came after. */
  generation = 0;
  readonly #nodes = new Map<string, NodeState>();
  readonly #hosts = new Map<string, HostRecord>();

  constructor(scene: Scene, surroundings: Surroundings, manner: { speed: "real" | "instant"; release: Release }) {
    this.scene = scene;
    this.surroundings = surroundings;
    this.speed = manner.speed;
    this.release = manner.release;
  }

  /** Back to the empty state of the scene. */
  reset(): void {
    this.files = emptySdnFiles();
    this.running = undefined;
    this.lockToken = undefined;
    this.ipam = new IpamDatabase();
    this.tasks = new TaskLog();
    this.firewalls = new Map();
    this.flags = new Map();
    this.generation += 1;
    this.#nodes.clear();
    this.#hosts.clear();
    this.onChange(true);
  }

  /** Seconds since 1970. */
  nowSeconds(): number {
    return Math.floor(this.surroundings.now() / 1000);
  }

  /** The node that answers requests. */
  answeringNode(): SceneNode {
    const first = this.scene.nodes[0];
    if (first === undefined) throw died("no nodes");
    return first;
  }

  /** A member of the cluster. Refuses (500) unknown names as a failed look-up of the host. */
  node(name: string): SceneNode {
    const found = this.scene.nodes.find((node) => node.name === name);
    if (found === undefined)
      throw died(
        `hostname lookup '${name}' failed - failed to get address info for: ${name}: Name or service not known`,
      );
    return found;
  }

  nodeState(name: string): NodeState {
    const known = this.#nodes.get(name);
    if (known !== undefined) return known;
    const fresh: NodeState = { up: new Map(), reloads: 0 };
    this.#nodes.set(name, fresh);
    return fresh;
  }

  /** What the host agent of a node was told and has made. */
  host(name: string): HostRecord {
    const known = this.#hosts.get(name);
    if (known !== undefined) return known;
    const fresh = emptyHost();
    this.#hosts.set(name, fresh);
    return fresh;
  }

  /** Nothing of the agent is left on the node. */
  forgetHost(name: string): void {
    this.#hosts.delete(name);
  }

  isOffline(name: string): boolean {
    return this.flags.has(`offline-${name}`);
  }
}
