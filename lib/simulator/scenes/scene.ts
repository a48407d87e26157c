import type { Accounts } from "@/lib/simulator/access/sign-in";

/** A network interface as GET /nodes/N/network shows it; `iface`, `type` and `priority` are always there. */
export interface SceneInterface {
  readonly iface: string;
  readonly type: "eth" | "bridge" | "bond" | "vlan";
  readonly bridge_ports?: string;
  readonly bridge_vlan_aware?: 1;
  readonly address?: string;
  readonly [field: string]: unknown;
}

/** A machine of the cluster. */
export interface SceneNode {
  readonly name: string;
  /** Management address; also where traffic to the outside leaves. */
  readonly address: string;
  readonly interfaces: readonly SceneInterface[];
}

/** A virtual machine or container. */
export interface SceneGuest {
  readonly vmid: number;
  readonly node: string;
  readonly kind: "qemu" | "lxc";
  readonly name: string;
  readonly running: boolean;
  readonly template: boolean;
  readonly tags?: string;
  /** `net0`, `net1`, … as in the guest's configuration. */
  readonly nets: Readonly<Record<string, string>>;
}

/** Everything about a cluster that no request changes. */
export interface Scene {
  readonly name: string;
  readonly clusterName: string;
  readonly nodes: readonly SceneNode[];
  readonly guests: readonly SceneGuest[];
  readonly accounts: Accounts;
  /** Defaults a start may override. */
  readonly defaults: { readonly control: boolean; readonly speed: "real" | "instant" };
  /** The address the cluster's own status gives for a node; the management address when left out. */
  readonly statusAddress?: (index: number) => string;
}
