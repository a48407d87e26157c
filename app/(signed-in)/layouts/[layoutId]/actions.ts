"use server";

import * as z from "zod";
import { defineAction } from "@/lib/server/action";
import { assignCluster } from "@/lib/server/layouts";
import { createPlan } from "@/lib/server/plans";

export const plan = defineAction(z.object({ layoutId: z.string("Name the layout.") }), (input, actor) =>
  createPlan(actor, input),
);

export const assign = defineAction(
  z.object({ id: z.string("Name the layout."), clusterId: z.nullable(z.string()) }),
  (input, actor) => assignCluster(actor, input),
);
