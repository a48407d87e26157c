import type { Failure } from "./failure";
import type { Entity, EntityKey } from "./plan/entity";
import type { Step } from "./plan/step";
import type { Result } from "./result";

/** What the core needs from the world. Adapters implement these; only the wiring in lib/server chooses one. */

/** A change someone left pending: edited but never applied. `fields` are the properties that differ. */
export interface PendingChange {
  readonly kind: string;
  readonly id: string;
  readonly state: "new" | "changed" | "deleted";
  readonly fields: readonly string[];
}

/** The SDN configuration: `entities` as edited (what the next commit would make true), `running` as last applied. */
export interface LiveConfig {
  readonly entities: readonly Entity[];
  readonly running: readonly Entity[];
  readonly pending: readonly PendingChange[];
}

export interface Bridge {
  readonly name: string;
  readonly vlanAware: boolean;
  readonly active: boolean;
  /** CIDR texts on the bridge itself. */
  readonly addresses: readonly string[];
}

export interface NodeFacts {
  readonly name: string;
  readonly online: boolean;
  readonly address: string | null;
  /** null: this node's network could not be read (reason in `unread`). */
  readonly bridges: readonly Bridge[] | null;
  /** Every interface name and the CIDRs on it, bridges included. */
  readonly interfaces: readonly { readonly name: string; readonly addresses: readonly string[] }[];
  /** Unified diff of the node's own pending /etc/network/interfaces.new, which an SDN apply would also activate. */
  readonly pendingInterfaces: string | null;
}

export interface GuestNic {
  readonly vmid: number;
  readonly name: string;
  readonly type: "qemu" | "lxc";
  readonly node: string;
  readonly running: boolean;
  readonly template: boolean;
  /** `net0` */
  readonly nic: string;
  readonly bridge: string;
  readonly tag: number | null;
}

/** What surrounds the SDN configuration. A null part could not be read: "not checked", never "fine". */
export interface ClusterFacts {
  readonly name: string | null;
  readonly version: string;
  readonly quorate: boolean | null;
  readonly nodes: readonly NodeFacts[];
  readonly guests: readonly GuestNic[] | null;
  readonly ipams: readonly string[] | null;
  readonly controllers: readonly string[] | null;
  readonly unread: readonly { readonly what: string; readonly reason: string }[];
}

/** Proxmox's lock token, or null where this Proxmox has no lock (8.x): the guarantee is reduced. */
export type LockToken = string;

export interface DryRun {
  /** Unified diffs against the node's files; null when nothing would change. */
  readonly interfaces: string | null;
  readonly frr: string | null;
}

export interface TaskState {
  readonly running: boolean;
  /** "OK" or the error text once stopped. */
  readonly exitStatus: string | null;
}

export interface NodeTask {
  readonly upid: string;
  readonly running: boolean;
  readonly exitStatus: string | null;
}

/** Status of one zone on one node, in Proxmox's words: available, pending, error. `vnets` only where it was readable. */
export interface ZoneStatus {
  readonly zone: string;
  readonly status: string;
  readonly vnets: readonly { readonly vnet: string; readonly status: string; readonly message: string | null }[] | null;
}

/** Speaks to one Proxmox cluster. No method throws; none retries a write. */
export interface Cluster {
  readConfig(): Promise<Result<LiveConfig, Failure>>;
  readFacts(): Promise<Result<ClusterFacts, Failure>>;
  /** ok(null) where the cluster has no lock API. `allowPending` takes the lock although there are pending changes. */
  lock(options: { allowPending: boolean }): Promise<Result<LockToken | null, Failure>>;
  unlock(token: LockToken | null, options?: { force: boolean }): Promise<Result<void, Failure>>;
  write(step: Step, token: LockToken | null): Promise<Result<void, Failure>>;
  dryRun(node: string): Promise<Result<DryRun, Failure>>;
  /** Commits everything pending and starts the reload of all nodes; gives the parent task's id. Keeps the lock. */
  commit(token: LockToken | null): Promise<Result<string, Failure>>;
  rollback(token: LockToken | null): Promise<Result<void, Failure>>;
  readTask(upid: string): Promise<Result<TaskState, Failure>>;
  readTaskLog(upid: string): Promise<Result<readonly string[], Failure>>;
  /** The node's own reload tasks (`srvreload`) started at or after `sinceSeconds` (Unix time), newest first. */
  readReloadTasks(node: string, sinceSeconds: number): Promise<Result<readonly NodeTask[], Failure>>;
  readZoneStatus(node: string, zones: readonly string[]): Promise<Result<readonly ZoneStatus[], Failure>>;
}

/** Time is passed in, so that the core stays pure and tests need not wait. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** Objects a layout created or adopted. Only these are ever changed or deleted. */
export type Owned = ReadonlySet<EntityKey>;
