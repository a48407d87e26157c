import type { ControllerFact } from "../../ports";
import type { Entity } from "../entity";
import type { Check } from "../plan";
import { type CheckInput, check, few, liveEntities, nodeFacts, touchedZones, zoneNodes } from "./check";

/** Packages that a zone needs on its nodes; without them the node's own task fails and the run ends partly applied. */
const NEEDED: readonly { readonly name: string; readonly needs: (zone: Entity) => boolean; readonly for: string }[] = [
  { name: "ifupdown2", needs: () => true, for: "reloading the network" },
  { name: "frr-pythontools", needs: ({ props }) => props["type"] === "evpn", for: "EVPN routing" },
  { name: "dnsmasq", needs: ({ props }) => props["dhcp"] === "dnsmasq", for: "DHCP" },
];

/** Whether the nodes have the packages that the zones of this plan need. */
export function packageCheck(input: CheckInput): Check[] {
  const title = "Packages on the nodes";
  const places = touchedZones(input).flatMap((zone) => zoneNodes(zone, input.facts).map((node) => ({ zone, node })));
  if (places.length === 0) return [];
  const missing = places.flatMap((place) => missingAt(input, place));
  const unread = [...new Set(places.map(({ node }) => node))].filter((node) => {
    const facts = nodeFacts(input, node);
    return facts?.online !== false && (facts?.packages ?? null) === null;
  });
  const elsewhere = unread.length > 0 ? ` Not checked on ${unread.join(", ")}.` : "";
  if (missing.length > 0) {
    const list = few(
      missing.map(({ text }) => text),
      6,
    );
    const detail = `Missing: ${list}. Install it on these nodes, or take them out of the zone.${elsewhere}`;
    const names = [...new Set(missing.map(({ name }) => name))];
    const keys = [...new Set(missing.map(({ key }) => key))];
    return [check("packages", title, "block", detail, keys, [`apt install ${names.join(" ")}`])];
  }
  if (unread.length > 0)
    return [check("packages", title, "unknown", `Not checked on ${unread.join(", ")}: the packages are not readable.`)];
  return [check("packages", title, "pass", "The nodes have what their zones need.")];
}

function missingAt(input: CheckInput, { zone, node }: { readonly zone: Entity; readonly node: string }) {
  const packages = nodeFacts(input, node)?.packages ?? null;
  if (packages === null) return [];
  return NEEDED.filter((one) => one.needs(zone) && !(one.name in packages)).map((one) => ({
    name: one.name,
    text: `${one.name} on ${node} (${one.for} of zone ${zone.id})`,
    key: zone.key,
  }));
}

/** What EVPN needs of the cluster beside the zone itself (PVE::Network::SDN::Controllers::EvpnPlugin). */
export function evpnCheck(input: CheckInput): Check[] {
  const { facts } = input;
  const title = "EVPN";
  const zones = touchedZones(input).filter(({ props }) => props["type"] === "evpn");
  if (zones.length === 0) return [];
  if (facts.controllers === null)
    return [check("evpn", title, "unknown", "Not checked: the controllers are not readable with this token.")];
  const { controllers } = facts;
  const faultsIn = (entities: readonly Entity[]) =>
    entities
      .filter(({ kind, props }) => kind === "zone" && props["type"] === "evpn")
      .flatMap((zone) => evpnFaults(zone, controllers, masks(entities, zone)).map((text) => ({ zone, text })));
  const faults = faultsIn(input.goal).filter(({ zone }) => zone.id in input.prove);
  const before = new Set(faultsIn(liveEntities(input)).map(({ text }) => text));
  const news = faults.filter(({ text }) => !before.has(text));
  const doubts = zones.flatMap((zone) =>
    masks(input.goal, zone) && exitsOf(zone).length === 0
      ? [`zone ${zone.id} has SNAT but no exit node, so nothing leaves it`]
      : [],
  );
  const several = controllers.filter(({ type }) => type === "evpn").length;
  if (several > 1) doubts.push(`the cluster has ${several} EVPN controllers, and Proxmox supports one`);
  const at = zones.map(({ key }) => key);
  if (news.length > 0) {
    const keys = [...new Set(news.map(({ zone }) => zone.key))];
    return [check("evpn", title, "block", `${sentence(news.map(({ text }) => text))}.`, keys)];
  }
  // What is so already, and stays, is no reason to refuse: nothing gets worse.
  doubts.push(...faults.map(({ text }) => `${text} (it is already so in the cluster)`));
  if (doubts.length > 0) return [check("evpn", title, "warn", `${sentence(doubts)}.`, at)];
  return [check("evpn", title, "pass", "Controller and exit nodes fit.")];
}

const exitsOf = ({ props }: Entity): readonly string[] => (props["exitnodes"] as readonly string[] | undefined) ?? [];

const masks = (entities: readonly Entity[], zone: Entity): boolean =>
  entities.some(({ kind, props }) => kind === "subnet" && props["zone"] === zone.id && props["snat"] === true);

function evpnFaults(zone: Entity, controllers: readonly ControllerFact[], masked: boolean): string[] {
  const controller = controllers.find(({ id }) => id === zone.props["controller"]);
  const exits = exitsOf(zone);
  return [
    ...(controller && controller.type !== "evpn"
      ? [`controller ${controller.id} of zone ${zone.id} is of type ${controller.type}, it has to be evpn`]
      : []),
    ...(masked && exits.length > 1 && zone.props["exitnodes-primary"] === undefined
      ? [
          `zone ${zone.id} has SNAT and ${exits.length} exit nodes but no primary one, so answers come back to the wrong node`,
        ]
      : []),
  ];
}

function sentence(parts: readonly string[]): string {
  const text = parts.join("; ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
