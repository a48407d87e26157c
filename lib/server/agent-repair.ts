import type * as z from "zod";
import type { Failure } from "@/lib/core/failure";
import type { HostReport } from "@/lib/core/hosts/host-report";
import type { Hosts } from "@/lib/core/ports";
import type { Result } from "@/lib/core/result";
import type * as store from "@/lib/store/host-agents";
import { atWork } from "./agent-removal";
import type { AgentView } from "./agent-views";
import { agentSchema, findReached, viewOf } from "./agents";
import { appendAudit } from "./audit";
import { type Context, context } from "./context";
import { hostsOf } from "./host-agents";
import { parseInput } from "./input";
import { forbidden } from "./refusals";
import type { Actor } from "./views";

/**
 * Has the agent put right now what differs from the state it was given, as its timer does. Where it cannot read that state
 * any more, it is given again.
 */
export async function repairAgent(
  actor: Actor,
  input: z.input<typeof agentSchema>,
): Promise<Result<AgentView, Failure>> {
  const no = forbidden(actor, "operator", "repair host services");
  if (no) return no;
  const parsed = parseInput(agentSchema, input);
  if (!parsed.ok) return parsed;
  const ctx = await context();
  const { clusterId, node } = parsed.value;
  const found = await findReached(ctx, parsed.value);
  if (!found.ok) return found;
  const hosts = await hostsOf(ctx, clusterId);
  const tried = await hosts.apply(node);
  const lost = !tried.ok && tried.error.fields?.["state"] !== undefined;
  const done = lost ? await giveAgain(ctx, found.value, hosts, tried) : tried;
  const changes = done.ok ? done.value.changes.length : null;
  await appendAudit(ctx, actor, "agent.repair", `cluster/${clusterId}`, { node, done: done.ok, changes });
  if (!done.ok) return done;
  // What `apply` answers is what it did; how the node is now is another question.
  const status = await hosts.status(node);
  return status.ok ? viewOf(ctx, parsed.value) : status;
}

/** Puts the state that an agent was last given; what it keeps of it is damaged or gone. `otherwise` where none is known. */
async function giveAgain(
  ctx: Context,
  { clusterId, node, state, revision }: store.AgentRow,
  hosts: Hosts,
  otherwise: Result<HostReport, Failure>,
): Promise<Result<HostReport, Failure>> {
  if (state === null) return otherwise;
  const busy = await atWork(ctx, clusterId, `give ${node} its state again`);
  return busy ?? hosts.put(node, { ...state, revision: revision + 1 });
}
