import { plural } from "../../plural";
import type { Check } from "../plan";
import { type CheckInput, check } from "./check";

export function quorumCheck({ facts }: CheckInput): Check {
  const title = "Quorum";
  if (facts.quorate === null)
    return check("quorum", title, "unknown", "Not checked: the cluster status is not readable with this token.");
  return facts.quorate
    ? check("quorum", title, "pass", "The cluster is quorate.")
    : check("quorum", title, "block", "The cluster has no quorum, so its configuration is read-only.");
}

export function nodesCheck({ facts, prove }: CheckInput): Check {
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
  return check("nodes", title, "pass", `${plural(facts.nodes.length, "node")} online.`);
}

/** An apply also activates each node's own pending network edits (interfaces.new), in a zone of the plan or not. */
export function localChangesCheck({ facts }: CheckInput): Check {
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

/** What the token lacks for a run: to change anything at all, and to see what the nodes do with it. */
export function privilegeCheck({ facts, differences }: CheckInput): Check {
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

/** Proxmox VE 8 has no lock of the SDN configuration, so two people at once are only noticed, not kept apart. */
export function lockCheck({ facts }: CheckInput): Check[] {
  if (!/^8\b/.test(facts.version)) return [];
  const detail =
    "Reduced guarantee: Proxmox VE 8 has no SDN lock, so nobody else can be kept out meanwhile. Each object is compared with the plan right before it is changed, and what differs stops the run.";
  return [check("lock", "Lock", "warn", detail)];
}
