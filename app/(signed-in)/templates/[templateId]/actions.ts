"use server";

import { revalidatePath } from "next/cache";
import * as z from "zod";
import { defineAction } from "@/lib/server/action";
import { deleteTemplate, deployTemplate } from "@/lib/server/templates";

const deploySchema = z.object({
  templateId: z.string(),
  clusterId: z.string("Choose a cluster."),
  values: z.record(z.string(), z.unknown()),
  name: z.string().trim().min(1, "Enter a name.").max(80, "Use at most 80 characters."),
  shift: z.boolean().optional(),
});

export const deploy = defineAction(deploySchema, (input, actor) => deployTemplate(actor, input));

export const remove = defineAction(z.object({ id: z.string() }), async (input, actor) => {
  const removed = await deleteTemplate(actor, input);
  revalidatePath("/templates");
  return removed;
});
