import type * as z from "zod";
import type { Failure } from "@/lib/core/failure";
import { nextState, nodeStates } from "@/lib/core/hosts/node-states";
import { err, ok, type Result } from "@/lib/core/result";
import { bundleScript } from "@/lib/hosts/bundle/install-script";
import * as store from "@/lib/store/host-agents";
import { recordedIn } from "@/lib/store/recorded";
import { agentFiles } from "./agent-program";
import type { BundleView } from "./agent-views";
import { agentSchema } from "./agents";
import { appendAudit } from "./audit";
import { openCluster } from "./clusters";
import { context } from "./context";
import { installationOwner } from "./host-agents";
import { parseInput } from "./input";
import { forbidden, missing, refused } from "./refusals";
import type { Actor } from "./views";

/**
 * One script with the agent and what its node shall serve by the layouts that are applied now, for a node that is not
 * reached from here. A changed state has the next revision; the same state makes the same script.
 */
export async function makeBundle(
  actor: Actor,
  input: z.input<typeof agentSchema>,
): Promise<Result<BundleView, Failure>> {
  const no = forbidden(actor, "operator", "make scripts for nodes");
  if (no) return no;
  const parsed = parseInput(agentSchema, input);
  if (!parsed.ok) return parsed;
  const { clusterId, node } = parsed.value;
  const ctx = await context();
  const opened = await openCluster(ctx, clusterId);
  if (!opened.ok) return opened;
  const row = await store.findAgent(ctx.db, parsed.value);
  if (!row) return missing("host agent");
  if (row.mode !== "bundle") {
    return refused(`${node} is reached over SSH; runs put its state there.`, "Apply the layout.");
  }
  const facts = await opened.value.cluster.readFacts({ guests: false });
  if (!facts.ok) return facts;
  const layouts = (await recordedIn(ctx.db, clusterId)).map(({ layout }) => layout);
  // Nobody tells which revision such a node has had before: the time is higher, also after the agent was forgotten here.
  const revision = Math.max(row.revision + 1, Math.floor(ctx.clock.now() / 1000));
  const wanted = {
    owner: await installationOwner(ctx),
    revision,
    repairSeconds: () => row.repairSeconds,
    nodes: [node],
  };
  const { states, problems, unserved } = nodeStates({ layouts, facts: facts.value, ...wanted });
  const state = states.get(node);
  const [problem] = problems;
  if (problem || !state) {
    return err({ kind: "refused", retry: false, message: problem?.message ?? `${node} has no state.` });
  }
  const next = nextState(state, row.state);
  const script = bundleScript({ node, files: await agentFiles(), state: next });
  await store.noteRevision(ctx.db, parsed.value, next.revision);
  await store.noteState(ctx.db, parsed.value, next, new Date(ctx.clock.now()));
  const detail = { node, revision: next.revision, vnets: next.vnets.length, sha256: script.sha256 };
  await appendAudit(ctx, actor, "agent.bundle", `cluster/${clusterId}`, detail);
  const left = unserved
    .filter((one) => one.node === node)
    .map(({ vnet, cidr, reason }) => `${vnet} ${cidr}: ${reason}`);
  return ok({ ...script, revision: next.revision, vnets: next.vnets.map(({ vnet }) => vnet), unserved: left });
}
