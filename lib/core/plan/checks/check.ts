import type { Failure } from "../../failure";
import type { ClusterFacts, GuestNic, IpamAddress, LiveConfig, NodeFacts, NodeFirewall } from "../../ports";
import type { Problem } from "../../problem";
import type { Result } from "../../result";
import type { Difference } from "../diff";
import type { Entity, EntityKey } from "../entity";
import type { HostTarget } from "../host-targets";
import type { Check, CheckStatus, PendingChoice } from "../plan";

/** What the checks look at. */
export interface CheckInput {
  readonly config: LiveConfig;
  readonly facts: ClusterFacts;
  readonly problems: readonly Problem[];
  readonly differences: readonly Difference[];
  /** The whole configuration after the plan, objects of others included. */
  readonly goal: readonly Entity[];
  /** Keys of what this plan is about; everything else in the goal belongs to others. */
  readonly mine: ReadonlySet<EntityKey>;
  readonly prove: Readonly<Record<string, readonly string[]>>;
  readonly nics: ReadonlyMap<string, readonly GuestNic[]> | null;
  readonly pending: PendingChoice;
  readonly releases: readonly IpamAddress[];
  /** What the nodes' agents get. */
  readonly hosts: readonly HostTarget[];
  /** What nodes by script are to serve; the run itself gives them nothing. */
  readonly scripted: readonly Pick<HostTarget, "node" | "after">[];
  /** Nodes whose agents could not be used when they were asked last, and why. */
  readonly silent: ReadonlyMap<string, string>;
  /** Firewalls of the nodes with an agent, by script too; null: nobody asked. */
  readonly firewalls: Readonly<Record<string, Result<NodeFirewall, Failure>>> | null;
}

export const check = (
  id: string,
  title: string,
  status: CheckStatus,
  detail: string,
  at: readonly string[] = [],
  next: readonly string[] = [],
): Check => ({
  id,
  title,
  status,
  detail,
  ...(at.length > 0 ? { at } : {}),
  ...(next.length > 0 ? { next } : {}),
});

/** The configuration the plan begins at: what others left pending is in it unless it is discarded first. */
export const liveEntities = ({ config, pending }: Pick<CheckInput, "config" | "pending">): readonly Entity[] =>
  pending === "discard" ? config.running : config.entities;

/** The first few, and how many more there are. */
export function few(texts: readonly string[], most: number, by = ", "): string {
  const more = texts.length > most ? ` and ${texts.length - most} more` : "";
  return `${texts.slice(0, most).join(by)}${more}`;
}

/** Nodes a zone is on after the plan; an empty list in Proxmox means every node. */
export const zoneNodes = (zone: Entity, facts: ClusterFacts): readonly string[] =>
  (zone.props["nodes"] as readonly string[] | undefined) ?? facts.nodes.map(({ name }) => name);

/** Zones that the plan touches, as they will be. */
export const touchedZones = ({ goal, prove }: CheckInput): Entity[] =>
  goal.filter((entity) => entity.kind === "zone" && entity.id in prove);

export const nodeFacts = ({ facts }: CheckInput, name: string): NodeFacts | null =>
  facts.nodes.find((node) => node.name === name) ?? null;
