import * as z from "zod";
import type { Failure } from "@/lib/core/failure";
import { conflictsWith } from "@/lib/core/layout/conflicts";
import type { Layout } from "@/lib/core/layout/model";
import { layoutPart } from "@/lib/core/layout/part";
import { shiftAway } from "@/lib/core/layout/shift";
import { parameterDefaults, parseParameters, STARTERS, starterById } from "@/lib/core/layout/starters";
import { savedParameters, savedStarter } from "@/lib/core/layout/starters/saved-starter";
import type { Starter } from "@/lib/core/layout/starters/starter";
import { takenBy } from "@/lib/core/layout/taken";
import { plural } from "@/lib/core/plural";
import type { ClusterFacts } from "@/lib/core/ports";
import type { Problem } from "@/lib/core/problem";
import { ok, type Result } from "@/lib/core/result";
import { deleteLayout, findLayout, layoutOf } from "@/lib/store/layouts";
import * as store from "@/lib/store/templates";
import { appendAudit } from "./audit";
import { openCluster } from "./clusters";
import { context } from "./context";
import { nameSchema, parseInput } from "./input";
import { createLayout } from "./layouts";
import { createPlan, loadPlan } from "./plans";
import { forbidden, missing, rejected } from "./refusals";
import { startRun } from "./runs";
import type { Actor, Deployed, SavedTemplateView, TemplateSummary } from "./views";

/** The built-in templates first, then those people saved. */
export async function listTemplates(actor: Actor): Promise<Result<readonly TemplateSummary[], Failure>> {
  const no = forbidden(actor, "viewer", "see templates");
  if (no) return no;
  const saved = await store.listTemplates((await context()).db);
  return ok([
    ...STARTERS.map(({ id, title, summary, tags }) => ({ id, title, summary, tags, builtIn: true })),
    ...saved.map(({ id, title, summary, tags }) => ({ id, title, summary, tags, builtIn: false })),
  ]);
}

/** A template that a person saved; the built-in ones are in lib/core/layout/starters.ts. */
export async function loadSavedTemplate(actor: Actor, id: string): Promise<Result<SavedTemplateView, Failure>> {
  const no = forbidden(actor, "viewer", "see templates");
  if (no) return no;
  const row = await store.findTemplate((await context()).db, id);
  if (!row) return missing("template");
  return ok({ ...row, builtIn: false, createdAt: row.createdAt.toISOString() });
}

interface SaveTemplateInput {
  readonly layoutId: string;
  readonly title: string;
  readonly keys?: readonly string[] | undefined;
  /** Which values are asked for when it is used; without it nothing is. */
  readonly asks?: readonly string[] | undefined;
}

/**
 * Saves the draft of a layout as a template; with `keys` only those objects, what hangs on them, and the zones they need.
 */
export async function saveTemplate(
  actor: Actor,
  input: SaveTemplateInput,
): Promise<Result<{ readonly id: string }, Failure>> {
  const no = forbidden(actor, "operator", "save templates");
  if (no) return no;
  const schema = z.object({
    layoutId: z.string(),
    title: nameSchema,
    keys: z.array(z.string().max(300)).max(20_000).optional(),
    asks: z.array(z.string().max(40)).max(400).default([]),
  });
  const parsed = parseInput(schema, input);
  if (!parsed.ok) return parsed;
  const ctx = await context();
  const row = await findLayout(ctx.db, parsed.value.layoutId);
  if (!row) return missing("layout");
  const { title, keys, asks } = parsed.value;
  const draft = layoutOf(row.draft);
  const layout = keys ? layoutPart(draft, keys) : draft;
  if (!layout)
    return rejected("Nothing of the selection is in the saved layout. Select it again and save once more.", {});
  const { zones, vnets, subnets } = layout;
  const id = await store.insertTemplate(ctx.db, {
    title,
    summary: `Saved from ${row.name}: ${plural(zones.length, "zone")}, ${plural(vnets.length, "VNet")}, ${plural(subnets.length, "subnet")}.`,
    tags: [plural(vnets.length, "VNet")],
    layout,
    // What the layout has nothing of cannot be asked for: it may have changed since the person chose.
    asks: savedParameters(layout).flatMap((parameter) => (asks.includes(parameter.id) ? [parameter.id] : [])),
    createdBy: actor.name,
  });
  await appendAudit(ctx, actor, "template.save", `template/${id}`, { title, layoutId: row.id });
  return ok({ id });
}

/** Deletes a template that a person saved. What was made from it stays as it is. */
export async function deleteTemplate(actor: Actor, input: { readonly id: string }): Promise<Result<null, Failure>> {
  const no = forbidden(actor, "operator", "delete templates");
  if (no) return no;
  const ctx = await context();
  const title = await store.deleteTemplate(ctx.db, input.id);
  if (title === null) return missing("template");
  await appendAudit(ctx, actor, "template.delete", `template/${input.id}`, { title });
  return ok(null);
}

export interface DeployInput {
  readonly templateId: string;
  readonly clusterId: string;
  /** Parameter id → value; what is missing gets the default for that cluster. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly name?: string | undefined;
  /** Use free ids, tags and networks where the cluster has those of the template already. */
  readonly shift?: boolean | undefined;
}

/**
 * Makes a layout from a template for a cluster and plans it. Where the cluster's policy is `direct` and nothing stands
 * in the way the run starts at once; otherwise the plan is to be looked at. What the cluster has already stands in the
 * way, and is stepped around only where `shift` asks for it.
 */
export async function deployTemplate(actor: Actor, input: DeployInput): Promise<Result<Deployed, Failure>> {
  const no = forbidden(actor, "operator", "deploy templates");
  if (no) return no;
  const ctx = await context();
  const opened = await openCluster(ctx, input.clusterId);
  if (!opened.ok) return opened;
  const { cluster } = opened.value;
  const [facts, config] = await Promise.all([cluster.readFacts(), cluster.readConfig()]);
  if (!facts.ok) return facts;
  if (!config.ok) return config;
  const built = await buildLayout(input, facts.value);
  if (!built.ok) return built;
  const taken = takenBy(config.value, facts.value);
  const layout = input.shift ? shiftAway(built.value, taken) : built.value;

  const name = input.name?.trim() || layout.name;
  const created = await createLayout(actor, { name, clusterId: input.clusterId, layout });
  if (!created.ok) return created;
  const planned = await createPlan(actor, { layoutId: created.value.id });
  if (!planned.ok) {
    // Without a plan the person sees an error and tries again; the half-made layout would only pile up.
    await deleteLayout(ctx.db, created.value.id);
    return planned;
  }
  const { planId } = planned.value;
  await appendAudit(ctx, actor, "template.deploy", `layout/${created.value.id}`, { ...input, planId });
  const plan = await loadPlan(actor, planId);
  const clear = plan.ok && plan.value.state === "ready" && conflictsWith(layout, taken).length === 0;
  if (opened.value.row.policy !== "direct" || !clear) return ok({ next: "plan", planId });
  const started = await startRun(actor, { planId }, "template");
  return ok(started.ok ? { next: "run", runId: started.value.runId } : { next: "plan", planId });
}

async function buildLayout(input: DeployInput, facts: ClusterFacts): Promise<Result<Layout, Failure>> {
  const starter = await findStarter(input.templateId);
  if (!starter) return missing("template");
  const online = facts.nodes.filter((node) => node.online);
  const choices = {
    nodes: (online.length > 0 ? online : facts.nodes).map((node) => node.name),
    bridges: [...new Set(facts.nodes.flatMap((node) => (node.bridges ?? []).map((bridge) => bridge.name)))],
  };
  const values = parseParameters(starter, { ...parameterDefaults(starter, choices), ...input.values });
  if (!values.ok) return unusable(values.error);
  const layout = starter.build(values.value);
  return layout.ok ? layout : unusable(layout.error);
}

async function findStarter(id: string): Promise<Starter | null> {
  const builtIn = starterById(id);
  if (builtIn) return builtIn;
  const saved = await store.findTemplate((await context()).db, id);
  return saved && savedStarter(saved);
}

function unusable(problems: readonly Problem[]): Result<never, Failure> {
  const fields = Object.fromEntries(problems.map((problem) => [problem.field ?? "values", problem.message]));
  return rejected(problems.map((problem) => problem.message).join(" "), fields);
}
