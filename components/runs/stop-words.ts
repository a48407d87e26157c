import type { RunStatus } from "@/lib/core/apply/run-status";

/** Why stopping would not change the course of the run any more, or null while it still takes everything back. */
export function cancelRefusal(status: RunStatus): string | null {
  if (status.end) return "The run is over.";
  const how = status.resumed.at(-1)?.how ?? "continue";
  if (how === "retry") return "A retry goes on to its end.";
  if (how === "roll-back") return "The run is being rolled back already.";
  if (how === "watch") return "The run was picked up after a standstill of the server and is brought to its end.";
  if (status.commit !== "none")
    return "The change is committed, so it is watched to its end. To go back, revert the run afterwards.";
  if (status.current === "undo" || status.current === "unlock") return "The run is ending already.";
  return isHostsOnly(status) ? hostsRefusal(status) : null;
}

/** With host services alone the run looks for a wish to stop before and after each node. */
function hostsRefusal({ phases }: RunStatus): string | null {
  const state = phases.find(({ phase }) => phase === "hosts")?.state;
  return state === "failed" || state === "done" ? "The run is ending already." : null;
}

/** A run that sends nothing to the cluster but the lock: it changes only what nodes serve. */
const isHostsOnly = ({ steps, hosts }: RunStatus): boolean => steps.length === 0 && hosts.length > 0;

/** What stopping does to the run where it is now, and the word on the button that does it. */
export function stopWords(status: RunStatus): { readonly description: string; readonly confirm: string } {
  return isHostsOnly(status)
    ? { description: stopsHosts(status), confirm: "Stop and give back" }
    : { description: stopsStaging(status), confirm: "Stop and undo" };
}

function stopsStaging(status: RunStatus): string {
  const touched = touchedNodes(status);
  const back = touched === "" ? "" : ` gives ${touched} the host services back that it had,`;
  const so =
    touched === ""
      ? "No node has been touched so far."
      : `So far only host services that go have been ended, on ${touched}; no node has reloaded its network.`;
  return `It stops before its next step, takes back what was staged, proves that,${back} and releases the lock. ${so} If the commit is sent in this very moment, the run goes on to its end.`;
}

function stopsHosts(status: RunStatus): string {
  const sending = status.hosts.find(({ state }) => state === "sending")?.node;
  const first = sending
    ? `What ${sending} is being sent cannot be broken off: it ends first, which can take two minutes when its agent does not answer. `
    : "";
  const back =
    touchedNodes(status) === ""
      ? "No node has been given anything so far: the lock is released, and that is all."
      : "Then each node that was given something new serves again what it did before, and the lock is released.";
  return `Nothing is staged and nothing is committed. ${first}${back} If every node is served in this very moment, the run goes on to its end.`;
}

/** Nodes whose agents have been sent something. */
const touchedNodes = ({ hosts }: RunStatus): string =>
  hosts.flatMap(({ node, state }) => (state === "waiting" ? [] : [node])).join(", ");

/** What goes on after somebody asked to stop; null where that does not change anything any more. */
export function stoppingHeadline(status: RunStatus): string | null {
  if (cancelRefusal(status) !== null) return null;
  if (!isHostsOnly(status)) return "Stopping at the next step, then undoing";
  const sending = status.hosts.find(({ state }) => state === "sending")?.node;
  const first = sending ? `what ${sending} is being sent ends first, then each node` : "each node";
  return `Stopping: ${first} is given back what it served before`;
}

/** Said of a run that is over and had been asked to stop. */
export const stopAsked = ({ end }: RunStatus): string =>
  end?.state === "applied"
    ? "Somebody asked to stop this run when it was too late to take anything back."
    : "Somebody asked to stop this run.";
