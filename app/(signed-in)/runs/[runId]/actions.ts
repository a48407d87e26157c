"use server";

import * as z from "zod";
import { defineAction } from "@/lib/server/action";
import { createPlan, revertRun } from "@/lib/server/plans";
import { cancelRun, continueRun, retryNodes, rollBackRun } from "@/lib/server/runs";

export const cancel = defineAction(z.object({ runId: z.string("Name the run.") }), (input, actor) =>
  cancelRun(actor, input),
);

export const planAgain = defineAction(z.object({ layoutId: z.string("Name the layout.") }), (input, actor) =>
  createPlan(actor, input),
);

const runSchema = z.object({ runId: z.string("Name the run.") });

export const goOn = defineAction(runSchema, (input, actor) => continueRun(actor, input));

export const revert = defineAction(runSchema, (input, actor) => revertRun(actor, input));

export const rollBack = defineAction(runSchema, (input, actor) => rollBackRun(actor, input));

export const retry = defineAction(
  z.object({ runId: z.string("Name the run."), nodes: z.array(z.string()).min(1, "Name a node.").max(64) }),
  (input, actor) => retryNodes(actor, input),
);
