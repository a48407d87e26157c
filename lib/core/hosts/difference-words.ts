import type { HostReport } from "./host-report";

const WHAT: Readonly<Record<string, string>> = {
  address: "Gateway address",
  snippet: "Network file",
  nft: "NAT and guard rules",
  dhcp: "DHCP configuration",
  unit: "DHCP server",
  route: "Route",
  forwarding: "Forwarding",
  sysctl: "Kernel setting",
  state: "State file",
};
const FOUND: Readonly<Record<string, string>> = {
  add: "is missing",
  remove: "is there and should not be",
  replace: "is not as it should be",
  restart: "has to be restarted",
};

const ENDS_IN_MAC = / [0-9a-f]{2}(?::[0-9a-f]{2}){5}$/;

/** The agent files a running server under its configuration, and a pinned MAC under the addresses. */
function thing(what: string, object: string, action: string): string | undefined {
  if (what === "dhcp" && action === "restart") return WHAT["unit"];
  if (what === "address" && ENDS_IN_MAC.test(object)) return "MAC address";
  return WHAT[what] ?? what;
}

/** What differs on a node, as a sentence; words that a newer agent uses stand as they are. */
export function changeWords({ what, object, action, detail }: HostReport["changes"][number]): string {
  const sentence = `${thing(what, object, action)} ${object} ${FOUND[action] ?? action}`;
  return detail === "" ? sentence : `${sentence} (${detail})`;
}
