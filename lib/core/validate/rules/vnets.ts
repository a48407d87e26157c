import { type EntityKey, vnetKey } from "@/lib/core/plan/entity";
import type { Problem } from "@/lib/core/problem";
import { problem, type Rule, setFix } from "../subject";

/**
 * What an alias cannot hold. PVE::Network::SDN::VnetPlugin refuses most of it; letters beyond ASCII it takes and then
 * loses (recorded: vnet-alias), and a line break passes there and fails when it is written.
 */
const ALIAS_REFUSED = /[^a-z\s(-_]|[\r\n]/gu;
const ALIAS_LENGTH = 256;

/** What a VNet carries besides its id and tag: its alias and its flags. */
export const vnetOptions: Rule = ({ layout, zones, subnets }) => {
  const problems: Problem[] = [];
  const withSubnets = new Set(subnets.map(({ subnet }) => subnet.vnet));
  for (const vnet of layout.vnets) {
    const key = vnetKey(vnet.id);
    if (vnet.alias !== undefined) problems.push(...alias(key, vnet.alias));
    if (!vnet.vlanaware) continue;
    const fix = setFix("Switch VLAN awareness off", key, "vlanaware", undefined);
    if (zones.get(vnet.zone)?.type === "evpn") {
      const message = `VNet ${vnet.id} is VLAN-aware, which an EVPN zone does not support. Switch it off.`;
      problems.push(problem("vlanaware-not-supported", "error", key, message, { field: "vlanaware", fix }));
    } else if (withSubnets.has(vnet.id)) {
      const message = `VNet ${vnet.id} is VLAN-aware and has subnets; Proxmox takes only one of the two. Switch it off or delete the subnets.`;
      problems.push(problem("vlanaware-with-subnets", "error", key, message, { field: "vlanaware", fix }));
    }
  }
  return problems;
};

function alias(key: EntityKey, text: string): Problem[] {
  if (text === "") {
    const fix = setFix("Remove the alias", key, "alias", undefined);
    return [problem("value-empty", "warning", key, "The alias is empty; leave it out.", { field: "alias", fix })];
  }
  const refused = [...new Set(text.match(ALIAS_REFUSED) ?? [])];
  if (refused.length > 0) {
    const plain = text.normalize("NFD").replace(/\p{M}/gu, "");
    const cleaned = plain.replace(ALIAS_REFUSED, " ").replace(/ +/g, " ").trim();
    const named = refused.map((letter) => (letter < " " ? "a line break" : letter)).join(" ");
    const message = `The alias holds ${named}, which Proxmox does not keep. Use letters A to Z, digits, spaces and ( ) * + , - . / : ; < = > ? @ [ \\ ] ^ _.`;
    const fix = setFix("Remove these characters", key, "alias", cleaned === "" ? undefined : cleaned);
    return [problem("alias-invalid", "error", key, message, { field: "alias", fix })];
  }
  if (text !== text.trim()) {
    const fix = setFix("Trim it", key, "alias", text.trim() === "" ? undefined : text.trim());
    const message = "The alias begins or ends with a space, which Proxmox drops. Trim it.";
    return [problem("alias-invalid", "error", key, message, { field: "alias", fix })];
  }
  const length = [...text].length;
  if (length <= ALIAS_LENGTH) return [];
  const message = `The alias has ${length} characters; Proxmox keeps at most ${ALIAS_LENGTH}. Shorten it.`;
  return [problem("alias-invalid", "error", key, message, { field: "alias" })];
}
