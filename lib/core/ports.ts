import type { Failure } from "./failure";
import type { HostReport } from "./hosts/host-report";
import type { NodeState } from "./hosts/node-state";
import type { SeedReport } from "./hosts/seed-report";
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

/**
 * An object beside zones, VNets and subnets: read, shown and kept in snapshots, never changed by us. `edited` and
 * `running` are the properties as Proxmox wrote them, null where it does not exist in that view; never a secret.
 */
export interface OtherObject {
  readonly kind: "controller" | "fabric" | "fabric node" | "ipam" | "dns";
  readonly id: string;
  readonly edited: Readonly<Record<string, unknown>> | null;
  readonly running: Readonly<Record<string, unknown>> | null;
}

/** The SDN configuration: `entities` as edited (what the next commit would make true), `running` as last applied. */
export interface LiveConfig {
  readonly entities: readonly Entity[];
  readonly running: readonly Entity[];
  readonly pending: readonly PendingChange[];
  /** Controllers and fabrics. */
  readonly others: readonly OtherObject[];
}

/** An address the built-in IPAM holds. It only lists zones with `ipam=pve` and DHCP, from the running configuration. */
export interface IpamAddress {
  readonly zone: string;
  readonly vnet: string;
  /** CIDR of the subnet. */
  readonly subnet: string;
  readonly ip: string;
  readonly mac: string | null;
  readonly vmid: number | null;
  readonly hostname: string | null;
  readonly gateway: boolean;
}

/** The complete SDN configuration at one moment. `ipam` is null when it could not be read. */
export interface SnapshotData extends LiveConfig {
  readonly ipam: readonly IpamAddress[] | null;
}

export interface Bridge {
  readonly name: string;
  readonly vlanAware: boolean;
  readonly active: boolean;
  /** CIDR texts on the bridge itself. */
  readonly addresses: readonly string[];
  /** Interfaces in the bridge, and its MTU where one is configured. */
  readonly ports: readonly string[];
  readonly mtu: number | null;
}

/** One interface of a node, as its network page lists it. */
export interface NodeInterface {
  readonly name: string;
  /** Proxmox's word: eth, bridge, bond, vlan, OVSBridge, …; `vnet` is not among them. */
  readonly type: string;
  readonly active: boolean;
  readonly exists: boolean;
  readonly addresses: readonly string[];
  readonly mtu: number | null;
  /** For a VLAN interface: its number and the interface under it. */
  readonly vlan: { readonly tag: number; readonly device: string } | null;
}

/** The node's network as it is now, and its own edits waiting in /etc/network/interfaces.new. */
export interface NodeNetwork {
  readonly interfaces: readonly NodeInterface[];
  /** Unified diff of the pending edits, which an SDN apply would also activate; null when there are none. */
  readonly pendingInterfaces: string | null;
}

export interface NodeFacts {
  readonly name: string;
  readonly online: boolean;
  readonly address: string | null;
  /** null: this node's network could not be read (reason in `unread`). */
  readonly bridges: readonly Bridge[] | null;
  /** Every interface, bridges included. */
  readonly interfaces: readonly NodeInterface[];
  /** Unified diff of the node's own pending /etc/network/interfaces.new, which an SDN apply would also activate. */
  readonly pendingInterfaces: string | null;
  /** Installed versions of the packages an apply needs (ifupdown2, frr-pythontools, dnsmasq); null when not readable. */
  readonly packages: Readonly<Record<string, string>> | null;
}

/** A rule that is on, for packets to the node (`in`) or through it; rules of a security group stand in the group's place. */
export interface FirewallRule {
  readonly direction: "in" | "forward";
  readonly action: "ACCEPT" | "DROP" | "REJECT";
  /** A named choice of protocol and ports, such as DHCPfwd. */
  readonly macro: string | null;
  readonly protocol: string | null;
  readonly sourcePorts: string | null;
  readonly ports: string | null;
  readonly icmpType: string | null;
  /** null: any. */
  readonly iface: string | null;
  /** Only for some sources or destinations. */
  readonly narrowed: boolean;
}

/** Proxmox's firewall of one node, as the configuration of cluster and node has it. */
export interface NodeFirewall {
  readonly on: boolean;
  /** By nftables (proxmox-firewall); only that one knows a forward policy. */
  readonly nftables: boolean;
  readonly policyIn: FirewallRule["action"];
  readonly policyForward: FirewallRule["action"];
  /** Whether it lets neighbour and router solicitations in by itself. */
  readonly ndp: boolean;
  /** In the order they are asked: the node's own, then the cluster's. */
  readonly rules: readonly FirewallRule[];
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
  /** As the guest's configuration spells it; null where it has none. */
  readonly mac: string | null;
}

export interface ControllerFact {
  readonly id: string;
  /** evpn, bgp or isis. */
  readonly type: string;
  readonly asn: number | null;
  readonly node: string | null;
  readonly peers: readonly string[];
  readonly fabric: string | null;
}

/** One privilege the token needs, what for, and the command that gives it. */
export interface PrivilegeFact {
  readonly path: string;
  readonly privilege: string;
  readonly purpose: string;
  /** True when the token has it on the path and on everything below. */
  readonly granted: boolean;
  /** Ready to paste into a node's shell. */
  readonly grant: string;
}

/** What surrounds the SDN configuration. A null part could not be read: "not checked", never "fine". */
export interface ClusterFacts {
  readonly name: string | null;
  readonly version: string;
  readonly quorate: boolean | null;
  readonly nodes: readonly NodeFacts[];
  readonly guests: readonly GuestNic[] | null;
  readonly ipams: readonly string[] | null;
  readonly controllers: readonly ControllerFact[] | null;
  /** Addresses in the built-in IPAM, as far as it lists them. */
  readonly ipam: readonly IpamAddress[] | null;
  /** What the token may do, for every privilege an action needs. */
  readonly privileges: readonly PrivilegeFact[] | null;
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
  /** `guests: false` leaves the guests out (null), for they cost one call each. */
  readFacts(options?: { readonly guests?: boolean }): Promise<Result<ClusterFacts, Failure>>;
  /** The whole configuration for keeping: also ipams, dns and the addresses of the built-in IPAM. */
  readSnapshot(): Promise<Result<SnapshotData, Failure>>;
  readNetwork(node: string): Promise<Result<NodeNetwork, Failure>>;
  /** The firewall of each of these nodes; what is the cluster's is read once. */
  readFirewalls(nodes: readonly string[]): Promise<Readonly<Record<string, Result<NodeFirewall, Failure>>>>;
  /** ok(null) where the cluster has no lock API. `allowPending` takes the lock although there are pending changes. */
  lock(options: { allowPending: boolean }): Promise<Result<LockToken | null, Failure>>;
  unlock(token: LockToken | null, options?: { force: boolean }): Promise<Result<void, Failure>>;
  /**
   * Sends one step. Without a lock (null token, 8.x) a change first reads the object back and is `stale` unless it is
   * still as `before` says; the digest read with it makes Proxmox refuse a change that comes in between.
   */
  write(step: Step, token: LockToken | null): Promise<Result<void, Failure>>;
  /** Takes an address out of the built-in IPAM, or puts it back. At once: neither waits for a commit nor knows the lock. */
  releaseAddress(address: IpamAddress): Promise<Result<void, Failure>>;
  reserveAddress(address: IpamAddress): Promise<Result<void, Failure>>;
  dryRun(node: string): Promise<Result<DryRun, Failure>>;
  /** Commits everything pending and starts the reload of all nodes; gives the parent task's id. Keeps the lock. */
  commit(token: LockToken | null): Promise<Result<string, Failure>>;
  rollback(token: LockToken | null): Promise<Result<void, Failure>>;
  /** Has one node generate and activate its network anew, as an apply does; gives the task's id. Commits nothing. */
  reloadNode(node: string): Promise<Result<string, Failure>>;
  readTask(upid: string): Promise<Result<TaskState, Failure>>;
  readTaskLog(upid: string): Promise<Result<readonly string[], Failure>>;
  /**
   * Reload tasks on a node started at or after `sinceSeconds` (Unix time), newest first: the node's own (`srvreload`), or
   * with `reloadnetworkall` the parents that an apply starts on the node that answered it.
   */
  readReloadTasks(
    node: string,
    sinceSeconds: number,
    type?: "srvreload" | "reloadnetworkall",
  ): Promise<Result<readonly NodeTask[], Failure>>;
  readZoneStatus(node: string, zones: readonly string[]): Promise<Result<readonly ZoneStatus[], Failure>>;
}

/**
 * Speaks to the agents on the nodes of one cluster. No method throws; none retries a write. That an agent found differences
 * or waits for a VNet is an answer (`changes`, `pending`), not a failure. A node without an agent is `unsupported`.
 */
export interface Hosts {
  /** Replaces the state of the node and makes it true at once. Refused for another node's address, owner or an older revision. */
  put(node: string, state: NodeState): Promise<Result<HostReport, Failure>>;
  /** What the agent would do now to make its stored state true. Changes nothing. */
  plan(node: string): Promise<Result<HostReport, Failure>>;
  /** Makes the stored state true now, as the repair timer does. */
  apply(node: string): Promise<Result<HostReport, Failure>>;
  /** As `plan`, with leases and the last repairs. */
  status(node: string): Promise<Result<HostReport, Failure>>;
  /** Takes everything the agent owns off the node; the agent itself stays. */
  remove(node: string): Promise<Result<HostReport, Failure>>;
  version(node: string): Promise<Result<HostReport, Failure>>;
  /** What the Terraform module terraform-proxmox-sdn left on the node. Changes nothing. */
  scanSeed(node: string): Promise<Result<SeedReport, Failure>>;
  /** Removes leftovers by the ids a scan gave; ids of anything else are ignored. */
  removeSeed(node: string, ids: readonly string[]): Promise<Result<SeedReport, Failure>>;
}

/** Time is passed in, so that the core stays pure and tests need not wait. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** Objects a layout created or adopted. Only these are ever changed or deleted. */
export type Owned = ReadonlySet<EntityKey>;
