import type { Entity } from "@/lib/core/plan/entity";
import type { LiveConfig, ZoneStatus } from "@/lib/core/ports";

/** What runs in a cluster, as far as a picture of it needs it; plain JSON. */
export interface RunningNetworks {
  readonly zones: readonly {
    readonly id: string;
    readonly type: string;
    /** null where the zone makes bridges of its own. */
    readonly bridge: string | null;
    /** null: every node. */
    readonly nodes: readonly string[] | null;
  }[];
  readonly vnets: readonly {
    readonly id: string;
    readonly zone: string;
    readonly tag: number | null;
    readonly alias: string | null;
  }[];
  /** Proxmox's own words on each zone on each node; null for a node whose status could not be read. */
  readonly status: Readonly<Record<string, readonly ZoneStatus[] | null>>;
}

/** Reads off what was last applied; edits that wait are not part of it. */
export function runningNetworks(
  { running }: Pick<LiveConfig, "running">,
  status: RunningNetworks["status"],
): RunningNetworks {
  const of = (kind: Entity["kind"]) => running.filter((entity) => entity.kind === kind);
  return {
    zones: of("zone").map(({ id, props }) => ({
      id,
      type: String(props["type"]),
      bridge: typeof props["bridge"] === "string" ? props["bridge"] : null,
      nodes: Array.isArray(props["nodes"]) ? (props["nodes"] as string[]) : null,
    })),
    vnets: of("vnet").map(({ id, props }) => ({
      id,
      zone: String(props["zone"]),
      tag: typeof props["tag"] === "number" ? props["tag"] : null,
      alias: typeof props["alias"] === "string" ? props["alias"] : null,
    })),
    status,
  };
}
