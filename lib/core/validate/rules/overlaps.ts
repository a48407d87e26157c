import { networksOverlap, renderCidr } from "@/lib/core/net/cidr";
import { findOverlaps } from "@/lib/core/net/overlap";
import type { Problem } from "@/lib/core/problem";
import { nodeNetworks } from "../node-networks";
import { nodesOf, problem, type Rule, type Subject, type SubnetInPlace } from "../subject";

/** Networks that overlap: subnets with each other and with the networks the nodes are in. Proxmox checks neither. */
export const overlaps: Rule = (subject) => [...amongSubnets(subject), ...withNodes(subject)];

function amongSubnets({ subnets }: Subject): Problem[] {
  const items = subnets.flatMap((item) => (item.network ? [{ network: item.network, item }] : []));
  const problems: Problem[] = [];
  for (const { item, inside } of findOverlaps(items)) {
    for (const outer of inside) {
      // The same network twice in one zone is a duplicate, told by addressing.ts.
      if (isTwin(item, outer)) continue;
      problems.push(overlapProblem(item, outer));
      // With thousands of nested networks the closest few say enough.
      if (problems.length > subnets.length * 4) return problems;
    }
  }
  return problems;
}

const isTwin = (a: SubnetInPlace, b: SubnetInPlace): boolean =>
  a.network !== null &&
  b.network !== null &&
  a.network.prefix === b.network.prefix &&
  (a.vnet?.zone ?? a.subnet.vnet) === (b.vnet?.zone ?? b.subnet.vnet);

const named = ({ subnet, vnet }: SubnetInPlace): string =>
  `${subnet.cidr} (VNet ${subnet.vnet}${vnet ? `, zone ${vnet.zone}` : ""})`;

function overlapProblem(inner: SubnetInPlace, outer: SubnetInPlace): Problem {
  const message = `${named(inner)} overlaps ${named(outer)}. Change one, or accept it with a reason when the two are isolated from each other.`;
  return problem("subnet-overlap", "error", [inner.key, outer.key], message, { field: "cidr" });
}

/** A node that is itself in such a network would no longer know which way its own traffic has to go. */
function withNodes(subject: Subject): Problem[] {
  const ofNodes = nodeNetworks(subject.facts, subject.vnets);
  if (ofNodes.length === 0) return [];
  return subject.subnets.flatMap((place) => {
    const { network, zone } = place;
    const hit = network && ofNodes.find((own) => networksOverlap(own.network, network));
    if (!hit) return [];
    const reaches = !zone || (nodesOf(zone, subject.facts) ?? []).includes(hit.node);
    const where = reaches ? "" : " The zone is not on that node, but its guests could not reach it.";
    const message = `${place.subnet.cidr} overlaps ${renderCidr(hit.network)}, in which node ${hit.node} has ${hit.text} on ${hit.face}.${where} Use another network, or accept it with a reason when it is that very network.`;
    return [problem("subnet-overlaps-node", "error", place.key, message, { field: "cidr" })];
  });
}
