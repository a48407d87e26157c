"use server";

import { revalidatePath } from "next/cache";
import * as z from "zod";
import { defineAction } from "@/lib/server/action";
import { createLayout, deleteLayout, loadDraft, renameLayout } from "@/lib/server/layouts";
import { saveTemplate } from "@/lib/server/templates";

const name = z.string().trim().min(1, "Enter a name.").max(80, "Use at most 80 characters.");

export const create = defineAction(z.object({ name, clusterId: z.string().nullable() }), async (input, actor) => {
  const created = await createLayout(actor, input);
  revalidatePath("/layouts");
  return created;
});

/** Starts a new layout with what is in the draft of another. */
export const duplicate = defineAction(z.object({ id: z.string(), name }), async (input, actor) => {
  const draft = await loadDraft(actor, input.id);
  if (!draft.ok) return draft;
  const { clusterId, layout } = draft.value;
  const created = await createLayout(actor, { name: input.name, clusterId, layout });
  revalidatePath("/layouts");
  return created;
});

export const rename = defineAction(z.object({ id: z.string(), name }), async (input, actor) => {
  const renamed = await renameLayout(actor, input);
  revalidatePath("/layouts");
  return renamed;
});

export const remove = defineAction(z.object({ id: z.string() }), async (input, actor) => {
  const removed = await deleteLayout(actor, input);
  revalidatePath("/layouts");
  return removed;
});

const templateSchema = z.object({
  layoutId: z.string(),
  title: name,
  keys: z.array(z.string()).optional(),
  asks: z.array(z.string()).optional(),
});
export const saveAsTemplate = defineAction(templateSchema, async (input, actor) => {
  const saved = await saveTemplate(actor, input);
  revalidatePath("/templates");
  return saved;
});
