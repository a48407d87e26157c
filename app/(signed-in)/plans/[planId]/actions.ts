"use server";

import * as z from "zod";
import { defineAction } from "@/lib/server/action";
import { planAgain as makeAgain } from "@/lib/server/plans";
import { rehearsePlan } from "@/lib/server/rehearsal";
import { startRun } from "@/lib/server/runs";

const applySchema = z.object({
  planId: z.string("Name the plan."),
  reason: z.string().max(500, "Use at most 500 characters.").optional(),
  confirm: z.string().optional(),
  accepted: z.array(z.string()).max(50, "Name each check once.").optional(),
});

export const apply = defineAction(applySchema, (input, actor) => startRun(actor, input));

const planSchema = z.object({
  planId: z.string("Name the plan."),
  pending: z.enum(["stop", "include", "discard"]).optional(),
  release: z.boolean().optional(),
});

export const planAgain = defineAction(planSchema, (input, actor) => makeAgain(actor, input));

export const rehearse = defineAction(z.object({ planId: z.string("Name the plan.") }), (input, actor) =>
  rehearsePlan(actor, input),
);
