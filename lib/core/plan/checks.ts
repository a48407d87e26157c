import type { ClusterFacts, GuestNic, IpamAddress, LiveConfig } from "../ports";
import type { Problem } from "../problem";
import type { Difference } from "./diff";
import { type Entity, subnetKey } from "./entity";
import type { Check, CheckStatus, PendingChoice } from "./plan";
import { count } from "./risk";

interface CheckInput {
  readonly config: LiveConfig;
  readonly facts: ClusterFacts;
  readonly problems: readonly Problem[];
  readonly differences: readonly Difference[];
  readonly goal: readonly Entity[];
  readonly prove: Readonly<Record<string, readonly string[]>>;
  readonly nics: ReadonlyMap<string, readonly GuestNic[]> | null;
  readonly pending: PendingChoice;
  readonly releases: readonly IpamAddress[];
}

/** All pre-flight checks, always in the same order. What could not be read is `unknown`, never passed. */
export function runChecks(input: CheckInput): Check[] {
  return [
    layoutCheck(input),
    pendingCheck(input),
    quorumCheck(input),
    nodesCheck(input),
    bridgeCheck(input),
    hostVlanCheck(input),
    guestCheck(input),
    ipamCheck(input),
    localChangesCheck(input),
    privilegeCheck(input),
  ];
}

const check = (
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

function layoutCheck({ problems }: CheckInput): Check {
  const errors = problems.filter((problem) => problem.severity === "error").length;
  const warnings = problems.filter((problem) => problem.severity === "warning").length;
  const title = "Layout";
  if (errors > 0)
    return check("layout", title, "block", `${count(errors, "error")} to mend before anything can be applied.`);
  if (warnings > 0) return check("layout", title, "warn", `No errors, ${count(warnings, "warning")}.`);
  return check("layout", title, "pass", "No problems found.");
}

/** A commit takes everybody's pending changes along, so a person has to say what happens to those of others. */
function pendingCheck({ config, pending }: CheckInput): Check {
  const title = "Other pending changes";
  if (config.pending.length === 0) return check("foreign-pending", title, "pass", "Nobody has left anything pending.");
  const named = config.pending.slice(0, 5).map((change) => `${change.kind} ${change.id} (${change.state})`);
  const more = config.pending.length > named.length ? ` and ${config.pending.length - named.length} more` : "";
  const list = `${named.join(", ")}${more}`;
  switch (pending) {
    case "stop":
      return check(
        "foreign-pending",
        title,
        "block",
        `Not from this layout and committed along with it: ${list}. Include them, discard them for everybody, or leave the plan and have them applied or reverted in Proxmox.`,
      );
    case "include":
      return check("foreign-pending", title, "warn", `Will be committed along, as chosen: ${list}.`);
    case "discard":
      return check(
        "foreign-pending",
        title,
        "confirm",
        `Will be discarded for everybody before anything else is done: ${list}. Nothing brings them back.`,
      );
  }
}

function quorumCheck({ facts }: CheckInput): Check {
  const title = "Quorum";
  if (facts.quorate === null)
    return check("quorum", title, "unknown", "Not checked: the cluster status is not readable with this token.");
  return facts.quorate
    ? check("quorum", title, "pass", "The cluster is quorate.")
    : check("quorum", title, "block", "The cluster has no quorum, so its configuration is read-only.");
}

function nodesCheck({ facts, prove }: CheckInput): Check {
  const title = "Nodes online";
  const offline = facts.nodes.filter((node) => !node.online).map((node) => node.name);
  const concerned = offline.filter((name) => Object.values(prove).some((nodes) => nodes.includes(name)));
  if (concerned.length > 0) {
    return check(
      "nodes",
      title,
      "warn",
      `${concerned.join(", ")} ${concerned.length === 1 ? "is" : "are"} offline: the run can only end as partially applied.`,
    );
  }
  if (offline.length > 0)
    return check("nodes", title, "warn", `Offline, but not in a zone of this plan: ${offline.join(", ")}.`);
  return check("nodes", title, "pass", `${count(facts.nodes.length, "node")} online.`);
}

/** A node without the zone's bridge does not fail an apply; the vnet is just missing there. So it is looked at before. */
function bridgeCheck({ facts, goal, prove }: CheckInput): Check {
  const title = "Bridges";
  // A bridge that the token may not see looks like one that is missing (PVE::API2::Network lists those it may use).
  const audit = facts.privileges?.find(({ path, privilege }) => path === "/sdn" && privilege === "SDN.Audit");
  const seesBridges = audit === undefined || audit.granted;
  const missing: string[] = [];
  const unseen = new Set<string>();
  const at: string[] = [];
  for (const zone of goal) {
    const bridge = zone.props["bridge"];
    if (zone.kind !== "zone" || typeof bridge !== "string" || !(zone.id in prove)) continue;
    for (const name of prove[zone.id] ?? []) {
      const node = facts.nodes.find((candidate) => candidate.name === name);
      if (!node || node.bridges === null) unseen.add(name);
      else if (!node.bridges.some((candidate) => candidate.name === bridge)) {
        if (!seesBridges) unseen.add(name);
        else missing.push(`${bridge} on ${name} (zone ${zone.id})`);
        at.push(zone.key);
      }
    }
  }
  if (missing.length > 0)
    return check(
      "bridges",
      title,
      "block",
      `Missing: ${missing.join(", ")}. Create the bridge or take the node out of the zone.`,
      at,
    );
  if (unseen.size > 0)
    return check(
      "bridges",
      title,
      "unknown",
      `Not checked on ${[...unseen].join(", ")}: the network of these nodes is not readable${seesBridges ? "" : ", or the token may not see their bridges"}.`,
      [],
      seesBridges ? [] : [audit.grant],
    );
  return check("bridges", title, "pass", "Every bridge exists where it is needed.");
}

/** A vnet whose tag equals a node's own VLAN interface takes that interface over and cuts the node's address off. */
function hostVlanCheck({ facts, differences, goal, prove }: CheckInput): Check {
  const title = "VLANs of the nodes themselves";
  const bridges = new Map(goal.filter((e) => e.kind === "zone").map((e) => [e.id, e.props["bridge"]]));
  const clashes: string[] = [];
  const at: string[] = [];
  for (const difference of differences) {
    if (difference.op === "delete" || difference.after.kind !== "vnet") continue;
    const zone = String(difference.after.props["zone"]);
    const bridge = bridges.get(zone);
    const wanted = `${bridge}.${difference.after.props["tag"]}`;
    for (const name of prove[zone] ?? []) {
      const own = facts.nodes
        .find((node) => node.name === name)
        ?.interfaces.find((face) => face.name === wanted && face.addresses.length > 0);
      if (!own) continue;
      clashes.push(`${wanted} on ${name} holds ${own.addresses.join(", ")} (vnet ${difference.after.id})`);
      at.push(difference.after.key);
    }
  }
  if (clashes.length > 0)
    return check(
      "host-vlans",
      title,
      "block",
      `The VNet would take over an address of a node: ${clashes.join("; ")}. Use another tag.`,
      at,
    );
  const unseen = facts.nodes.filter((node) => node.bridges === null).map((node) => node.name);
  if (unseen.length > 0) return check("host-vlans", title, "unknown", `Not checked on ${unseen.join(", ")}.`);
  return check("host-vlans", title, "pass", "No tag meets a node's own VLAN interface.");
}

/** Proxmox removes a vnet under running guests without a word; stopped guests and templates count too. */
function guestCheck({ differences, nics }: CheckInput): Check {
  const title = "Guests on removed VNets";
  const removed = differences.filter((d) => d.op === "delete" && d.before.kind === "vnet") as { before: Entity }[];
  if (removed.length === 0) return check("guests", title, "pass", "No VNet is removed.");
  if (nics === null)
    return check("guests", title, "unknown", "Cannot be proven unused: the guests are not readable with this token.");
  const used = removed.flatMap(({ before }) => (nics.get(before.id) ?? []).map((nic) => ({ vnet: before, nic })));
  if (used.length === 0) return check("guests", title, "pass", "No guest hangs on a VNet that is removed.");
  const named = used.slice(0, 8).map(({ vnet, nic }) => {
    const what = nic.template ? "template" : nic.running ? "running" : "stopped";
    return `${nic.type === "qemu" ? "VM" : "CT"} ${nic.vmid} ${nic.nic} on ${nic.node} (${vnet.id}, ${what})`;
  });
  const more = used.length > named.length ? ` and ${used.length - named.length} more` : "";
  return check("guests", title, "block", `Still attached: ${named.join(", ")}${more}. Move these interfaces first.`, [
    ...new Set(used.map(({ vnet }) => vnet.key)),
  ]);
}

/** An apply also activates each node's own pending network edits (interfaces.new), in a zone of the plan or not. */
function localChangesCheck({ facts }: CheckInput): Check {
  const title = "Pending network edits on nodes";
  const pending = facts.nodes.filter((node) => node.pendingInterfaces !== null).map((node) => node.name);
  if (pending.length > 0)
    return check(
      "local-changes",
      title,
      "confirm",
      `Will also be applied on ${pending.join(", ")}: edits made in the node's own network page.`,
    );
  const unseen = facts.nodes.filter((node) => node.bridges === null).map((node) => node.name);
  if (unseen.length > 0) return check("local-changes", title, "unknown", `Not checked on ${unseen.join(", ")}.`);
  return check("local-changes", title, "pass", "No node has edits of its own waiting.");
}

/** Addresses other than the gateway keep a subnet from being removed (PVE::Network::SDN::Ipams::PVEPlugin). */
function ipamCheck({ differences, facts, releases }: CheckInput): Check {
  const title = "Addresses in the IPAM";
  const removed = differences.filter(isRemoval).map(({ before }) => before);
  if (removed.length === 0) return check("ipam", title, "pass", "No subnet is removed.");
  if (facts.ipam === null)
    return check("ipam", title, "unknown", "Not checked: the addresses of the IPAM are not readable.");
  const free = new Set(releases);
  const held = facts.ipam.filter(
    (address) => !free.has(address) && !address.gateway && removed.some((subnet) => isIn(address, subnet)),
  );
  if (held.length === 0) {
    const count = releases.length;
    return count > 0
      ? check("ipam", title, "warn", `${count} stale ${count === 1 ? "address is" : "addresses are"} released first.`)
      : check("ipam", title, "pass", "No listed address keeps a subnet that is removed.");
  }
  const named = held.slice(0, 6).map(({ ip, mac, vnet }) => `${ip} (${vnet}${mac ? `, ${mac}` : ""})`);
  const more = held.length > named.length ? ` and ${held.length - named.length} more` : "";
  const stale = staleAddresses(held, facts);
  const offer = stale.length > 0 ? ` ${stale.length} of them belong to no guest and can be released.` : "";
  return check(
    "ipam",
    title,
    "block",
    `Proxmox refuses to remove a subnet with addresses: ${named.join(", ")}${more}.${offer}`,
  );
}

type Removal = Extract<Difference, { op: "delete" | "replace" }>;
const isRemoval = (difference: Difference): difference is Removal =>
  (difference.op === "delete" || difference.op === "replace") && difference.before.kind === "subnet";

const isIn = (address: IpamAddress, subnet: Entity): boolean => subnetKey(address.vnet, address.subnet) === subnet.key;

/** Addresses whose guest is gone; none when the guests are not known. */
function staleAddresses(addresses: readonly IpamAddress[], { guests }: ClusterFacts): IpamAddress[] {
  if (!guests) return [];
  const vmids = new Set(guests.map(({ vmid }) => vmid));
  const macs = new Set(guests.flatMap(({ mac }) => (mac ? [mac.toUpperCase()] : [])));
  return addresses.filter(({ vmid, mac }) => {
    if (vmid !== null) return !vmids.has(vmid);
    return mac !== null && !macs.has(mac.toUpperCase());
  });
}

/** The stale addresses that keep these subnets from being removed. */
export function releasable(differences: readonly Difference[], facts: ClusterFacts): IpamAddress[] {
  const removed = differences.filter(isRemoval).map(({ before }) => before);
  const held = (facts.ipam ?? []).filter(
    (address) => !address.gateway && removed.some((subnet) => isIn(address, subnet)),
  );
  return staleAddresses(held, facts);
}

/** What the token lacks for a run: to change anything at all, and to see what the nodes do with it. */
function privilegeCheck({ facts, differences }: CheckInput): Check {
  const title = "Privileges of the token";
  if (facts.privileges === null)
    return check("privileges", title, "unknown", "Not checked: the token's own rights are not readable.");
  if (differences.length === 0) return check("privileges", title, "pass", "Nothing is changed.");
  const lacking = facts.privileges.filter(({ granted }) => !granted);
  const list = lacking.map(({ privilege, path }) => `${privilege} on ${path}`).join(", ");
  const next = lacking.map(({ grant }) => grant);
  if (lacking.some(({ privilege }) => privilege === "SDN.Allocate"))
    return check(
      "privileges",
      title,
      "block",
      `The token itself needs the role, also when its user has it. It lacks ${list}.`,
      [],
      next,
    );
  if (lacking.length > 0)
    return check(
      "privileges",
      title,
      "warn",
      `The token lacks ${list}; what that shows is not visible, and not proven.`,
      [],
      next,
    );
  return check("privileges", title, "pass", "The token may do everything this plan needs.");
}
