import type { Entity } from "@/lib/core/plan/entity";
import type { ClusterObject } from "./memory-views";

/** The zone an object is, or lives in. */
export const zoneOf = ({ kind, id, props }: Entity): string => (kind === "zone" ? id : String(props["zone"]));

export const toClusterObject = (entity: Entity): ClusterObject => {
  const { key, kind, id } = entity;
  return { key, kind, id, zone: zoneOf(entity), entity };
};
