"use server";

import { revalidatePath } from "next/cache";
import * as z from "zod";
import { defineAction } from "@/lib/server/action";
import { connectCluster, removeCluster, updateCluster } from "@/lib/server/clusters";
import { addEndpoint as addOne, checkPrivileges, probeEndpoint } from "@/lib/server/endpoints";
import { forceUnlock as unlock } from "@/lib/server/force-unlock";

const fingerprint = z.string().nullable();
const policy = z.enum(["direct", "review"]);
const token = { tokenId: z.string(), secret: z.string() };

export const probe = defineAction(z.object({ url: z.string() }), (input, actor) => probeEndpoint(actor, input));

export const check = defineAction(
  z.union([z.object({ clusterId: z.string() }), z.object({ url: z.string(), fingerprint, ...token })]),
  (input, actor) => checkPrivileges(actor, input),
);

export const connect = defineAction(
  z.object({ name: z.string(), endpoints: z.array(z.string()), fingerprint, ...token, policy }),
  async (input, actor) => {
    const connected = await connectCluster(actor, input);
    revalidatePath("/clusters");
    return connected;
  },
);

export const update = defineAction(
  z.object({
    id: z.string(),
    name: z.string().optional(),
    policy: policy.optional(),
    tokenId: z.string().optional(),
    secret: z.string().optional(),
    fingerprint: fingerprint.optional(),
    endpoints: z.array(z.string()).optional(),
  }),
  async (input, actor) => {
    const updated = await updateCluster(actor, input);
    revalidatePath("/clusters", "layout");
    return updated;
  },
);

export const addEndpoint = defineAction(
  z.object({ id: z.string(), url: z.string(), fingerprint }),
  async (input, actor) => {
    const added = await addOne(actor, input);
    revalidatePath("/clusters", "layout");
    return added;
  },
);

export const remove = defineAction(z.object({ id: z.string() }), async (input, actor) => {
  const removed = await removeCluster(actor, input);
  revalidatePath("/clusters");
  return removed;
});

export const forceUnlock = defineAction(
  z.object({ clusterId: z.string(), confirm: z.string(), reason: z.string() }),
  (input, actor) => unlock(actor, input),
);
