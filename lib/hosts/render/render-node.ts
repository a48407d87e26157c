import type { NodeState } from "@/lib/core/hosts/node-state";
import { needsDnsmasq, renderDnsmasqConf, renderDnsmasqHosts } from "./dnsmasq";
import { renderNftTable } from "./nft-table";
import { renderSnippet } from "./snippet";

/**
 * Every file that the agent writes for a state, by its path on the node: what a plan shows before anything is sent. The
 * agent writes the same bytes (its verb `render`); tests compare the two.
 */
export function renderNode(state: NodeState): Readonly<Record<string, string>> {
  const files: Record<string, string> = {
    "/etc/network/interfaces.d/trunkline": renderSnippet(state),
    "/var/lib/trunkline/table.nft": renderNftTable(state),
  };
  for (const vnet of state.vnets.filter(needsDnsmasq)) {
    files[`/etc/trunkline/dhcp/${vnet.vnet}.conf`] = renderDnsmasqConf(vnet);
    files[`/etc/trunkline/dhcp/${vnet.vnet}.hosts`] = renderDnsmasqHosts(vnet);
  }
  return files;
}
