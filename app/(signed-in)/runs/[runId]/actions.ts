"use server";

import * as z from "zod";
import { defineAction } from "@/lib/server/action";
import { createPlan } from "@/lib/server/plans";
import { cancelRun } from "@/lib/server/runs";

export const cancel = defineAction(z.object({ runId: z.string("Name the run.") }), (input, actor) =>
  cancelRun(actor, input),
);

export const planAgain = defineAction(z.object({ layoutId: z.string("Name the layout.") }), (input, actor) =>
  createPlan(actor, input),
);
