import type { ClusterFacts, GuestNic, LiveConfig } from "../ports";
import type { Problem } from "../problem";
import type { Difference } from "./diff";
import type { Entity } from "./entity";
import type { Check, CheckStatus } from "./plan";
import { count } from "./risk";

interface CheckInput {
  readonly config: LiveConfig;
  readonly facts: ClusterFacts;
  readonly problems: readonly Problem[];
  readonly differences: readonly Difference[];
  readonly goal: readonly Entity[];
  readonly prove: Readonly<Record<string, readonly string[]>>;
  readonly nics: ReadonlyMap<string, readonly GuestNic[]> | null;
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
    localChangesCheck(input),
  ];
}

const check = (id: string, title: string, status: CheckStatus, detail: string, at?: readonly string[]): Check => ({
  id,
  title,
  status,
  detail,
  ...(at && at.length > 0 ? { at } : {}),
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

/** A commit takes everybody's pending changes along, so somebody else's stop the plan. */
function pendingCheck({ config }: CheckInput): Check {
  const title = "Other pending changes";
  if (config.pending.length === 0) return check("foreign-pending", title, "pass", "Nobody has left anything pending.");
  const named = config.pending.slice(0, 5).map((change) => `${change.kind} ${change.id} (${change.state})`);
  const more = config.pending.length > named.length ? ` and ${config.pending.length - named.length} more` : "";
  return check(
    "foreign-pending",
    title,
    "block",
    `Not from this layout and committed along with it: ${named.join(", ")}${more}. Apply or revert them in Proxmox first.`,
  );
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
        missing.push(`${bridge} on ${name} (zone ${zone.id})`);
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
      `Not checked on ${[...unseen].join(", ")}: the network of these nodes is not readable.`,
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
      "warn",
      `Will also be applied on ${pending.join(", ")}: edits made in the node's own network page.`,
    );
  const unseen = facts.nodes.filter((node) => node.bridges === null).map((node) => node.name);
  if (unseen.length > 0) return check("local-changes", title, "unknown", `Not checked on ${unseen.join(", ")}.`);
  return check("local-changes", title, "pass", "No node has edits of its own waiting.");
}
