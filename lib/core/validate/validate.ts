import type { Layout } from "@/lib/core/layout/model";
import type { ClusterFacts } from "@/lib/core/ports";
import type { Problem, Severity } from "@/lib/core/problem";
import { applyExceptions } from "./exceptions";
import { addressing } from "./rules/addressing";
import { dhcpRanges } from "./rules/dhcp-ranges";
import { flags } from "./rules/flags";
import { hostPolicy } from "./rules/host-policy";
import { hostServices } from "./rules/host-services";
import { leases } from "./rules/leases";
import { naming } from "./rules/naming";
import { overlaps } from "./rules/overlaps";
import { references } from "./rules/references";
import { routes } from "./rules/routes";
import { tags } from "./rules/tags";
import { trunks } from "./rules/trunks";
import { vnetOptions } from "./rules/vnets";
import { zoneOptions } from "./rules/zone-options";
import { type Rule, toSubject } from "./subject";

const RULES: readonly Rule[] = [
  naming,
  references,
  zoneOptions,
  tags,
  trunks,
  vnetOptions,
  addressing,
  overlaps,
  dhcpRanges,
  leases,
  flags,
  hostServices,
  hostPolicy,
  routes,
];

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/**
 * Everything wrong with a layout, errors first, otherwise in the order of the rules. Never throws, whatever the values
 * of a layout of the right shape. With `facts` it is also compared with the cluster: nodes, interfaces, addresses, IPAMs
 * and controllers that could be read; what could not be read is not judged (the plan's checks say so).
 */
export function validateLayout(layout: Layout, context: { readonly facts?: ClusterFacts } = {}): Problem[] {
  const subject = toSubject(layout, context.facts ?? null);
  const found = RULES.flatMap((rule) => rule(subject));
  return applyExceptions(layout, found).sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}
