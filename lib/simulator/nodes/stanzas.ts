import type { SceneInterface, SceneNode } from "@/lib/simulator/scenes/scene";
import { isSet, option, type Section } from "@/lib/simulator/sdn/section";

/** A vnet as one node is to realise it. */
export interface VnetOnNode {
  readonly id: string;
  readonly vnet: Section;
  readonly zoneId: string;
  readonly zone: Section;
  readonly node: SceneNode;
  /** The vnet's subnets in order of their identifiers. */
  readonly subnets: readonly (readonly [string, Section])[];
}

/** Adds what one zone type needs for a vnet; returns why nothing could be added, if so. */
export type ZoneStanzas = (one: VnetOnNode, into: Stanzas) => string | undefined;

/** Collects interface stanzas; the first one of a name wins, as shared parts are the same for all vnets. */
export class Stanzas {
  readonly #byName = new Map<string, readonly string[]>();

  add(name: string, lines: readonly (string | undefined)[]): void {
    if (this.#byName.has(name)) return;
    this.#byName.set(
      name,
      lines.filter((line) => line !== undefined),
    );
  }

  sorted(): ReadonlyMap<string, string> {
    const names = [...this.#byName.keys()].sort();
    return new Map(
      names.map((name) => {
        const body = (this.#byName.get(name) ?? []).map((line) => `\t${line}\n`).join("");
        return [name, `auto ${name}\niface ${name}\n${body}`];
      }),
    );
  }
}

/** An option line, left out when there is no value. */
export function line(name: string, value: string): string | undefined {
  return value === "" ? undefined : `${name} ${value}`;
}

/** `bridge-vlan-aware` lines of a vnet that carries tagged traffic for its guests. */
export function awareLines(vnet: Section): readonly string[] {
  return isSet(vnet, "vlanaware") ? ["bridge-vlan-aware yes", "bridge-vids 2-4094"] : [];
}

/** The middle of every vnet bridge: spanning tree off, no forward delay. */
export const quietBridge = ["bridge_stp off", "bridge_fd 0"] as const;

/** A pair of connected virtual ports. */
export function vethPair(into: Stanzas, one: string, other: string, mtu: string): void {
  const half = (peer: string) => ["link-type veth", `veth-peer-name ${peer}`, line("mtu", mtu)];
  into.add(one, half(other));
  into.add(other, half(one));
}

/** The node's own bridge of that name. */
export function bridgeOf(node: SceneNode, name: string): SceneInterface | undefined {
  return node.interfaces.find((candidate) => candidate.iface === name);
}

/** `alias` line of a vnet. */
export function aliasLine(vnet: Section): string | undefined {
  return line("alias", option(vnet, "alias"));
}
