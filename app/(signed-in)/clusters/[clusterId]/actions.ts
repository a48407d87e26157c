"use server";

import { revalidatePath } from "next/cache";
import * as z from "zod";
import { defineAction } from "@/lib/server/action";
import { adoptObjects, importCluster } from "@/lib/server/imports";
import { letGoObjects } from "@/lib/server/let-go";
import { restoreSnapshot as planRestore } from "@/lib/server/plans";
import { takeSnapshot as keepSnapshot } from "@/lib/server/snapshots";

const keys = z.array(z.string()).max(20_000, "Choose fewer objects at once.");

export const importZones = defineAction(
  z.object({ clusterId: z.string(), name: z.string(), zones: z.array(z.string()).max(5_000, "Choose fewer zones.") }),
  async (input, actor) => {
    const imported = await importCluster(actor, input);
    revalidatePath("/layouts");
    return imported;
  },
);

export const adopt = defineAction(z.object({ layoutId: z.string(), keys }), async (input, actor) => {
  const adopted = await adoptObjects(actor, input);
  revalidatePath("/layouts");
  return adopted;
});

export const letGo = defineAction(z.object({ layoutId: z.string(), keys }), async (input, actor) => {
  const done = await letGoObjects(actor, input);
  revalidatePath("/layouts");
  return done;
});

export const takeSnapshot = defineAction(z.object({ clusterId: z.string() }), (input, actor) =>
  keepSnapshot(actor, input),
);

export const restoreSnapshot = defineAction(
  z.object({ snapshotId: z.string(), layoutId: z.string() }),
  (input, actor) => planRestore(actor, input),
);
