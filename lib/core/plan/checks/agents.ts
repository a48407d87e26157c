import type { Check } from "../plan";
import { type CheckInput, check } from "./check";

/** Whether the agents that get something could be used lately. A run asks them again, and stops before it sends anything. */
export function agentCheck({ hosts, silent }: CheckInput): Check[] {
  if (hosts.length === 0) return [];
  const title = "Host agents";
  const reasons = [...new Set(hosts.flatMap(({ node }) => silent.get(node) ?? []))];
  if (reasons.length === 0)
    return [check("agents", title, "pass", "Those that get something answered when asked last.")];
  return [
    check("agents", title, "warn", `${reasons.join(" ")} If it is still so, the run stops before it sends anything.`),
  ];
}
