"use server";

import { revalidatePath } from "next/cache";
import * as z from "zod";
import { defineAction } from "@/lib/server/action";
import { repairAgent } from "@/lib/server/agent-repair";
import { adoptDrift, ignoreDrift, unignoreDrift } from "@/lib/server/drift";
import { putBack as planBack } from "@/lib/server/plans";

const some = z.object({ layoutId: z.string(), keys: z.array(z.string()).max(20_000, "Choose fewer objects at once.") });
const place = z.object({ layoutId: z.string(), key: z.string(), where: z.enum(["applied", "pending"]) });

export const adopt = defineAction(some, async (input, actor) => {
  const adopted = await adoptDrift(actor, input);
  revalidatePath("/layouts");
  return adopted;
});

export const putBack = defineAction(some, (input, actor) => planBack(actor, input));

export const ignore = defineAction(place.extend({ fingerprint: z.string(), reason: z.string() }), (input, actor) =>
  ignoreDrift(actor, input),
);

export const unignore = defineAction(place, (input, actor) => unignoreDrift(actor, input));

/** Of the agent on a node of the layout's cluster. */
export const repair = defineAction(z.object({ clusterId: z.string(), node: z.string() }), (input, actor) =>
  repairAgent(actor, input),
);
