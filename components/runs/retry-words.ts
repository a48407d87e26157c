import type { LaneState, RunStatus } from "@/lib/core/apply/run-status";

const UNPROVEN: ReadonlySet<LaneState> = new Set(["failed", "unreachable", "unproven"]);

/** What a run that is partially applied lacks, and what a retry of these nodes does about it. */
export function retryWords(
  nodes: readonly string[],
  { nodes: lanes, hosts, steps }: Pick<RunStatus, "nodes" | "hosts" | "steps">,
): { readonly title: string; readonly text: string } {
  const unproven = nodes.filter((node) => lanes.some((lane) => lane.node === node && UNPROVEN.has(lane.state)));
  const services = nodes.filter((node) => hosts.some((host) => host.node === node && host.state !== "serving"));
  const only = services.filter((node) => !unproven.includes(node));
  const committed = steps.length === 0 ? "" : "Nothing else is committed.";
  return {
    title: titleOf(unproven, only, steps.length > 0),
    text: [reloads(unproven, services), puts(only), committed].filter((sentence) => sentence !== "").join(" "),
  };
}

function titleOf(unproven: readonly string[], only: readonly string[], committed: boolean): string {
  const served = `host services of ${listed(only)} are not as planned`;
  if (unproven.length === 0) return committed ? `The change is committed and proven; ${served}` : sentence(served);
  const shown = `${listed(unproven)} ${unproven.length === 1 ? "has" : "have"} not shown it yet`;
  return `The change is committed; ${shown}${only.length > 0 ? `, and ${served}` : ""}`;
}

/** A node that is not proven has not been given its services either. */
function reloads(unproven: readonly string[], services: readonly string[]): string {
  if (unproven.length === 0) return "";
  const gives = unproven.some((node) => services.includes(node)) ? ", then puts its host services" : "";
  return `A retry of ${either(unproven)} has the node reload its network once more and proves it again${gives}.`;
}

const puts = (only: readonly string[]): string =>
  only.length === 0 ? "" : `A retry of ${either(only)} puts its host services once more, without a reload.`;

const sentence = (words: string): string => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
const listed = (nodes: readonly string[]): string => joined(nodes, "and");
const either = (nodes: readonly string[]): string => joined(nodes, "or");

const joined = (nodes: readonly string[], word: "and" | "or"): string =>
  nodes.length < 2 ? nodes.join("") : `${nodes.slice(0, -1).join(", ")} ${word} ${nodes.at(-1)}`;
