"use server";

import { revalidatePath } from "next/cache";
import * as z from "zod";
import { defineAction } from "@/lib/server/action";
import { changeOwnPassword } from "@/lib/server/people";
import { createToken, revokeToken } from "@/lib/server/tokens";

export const changePassword = defineAction(z.object({ current: z.string(), password: z.string() }), (input, actor) =>
  changeOwnPassword(actor, input),
);

export const createApiToken = defineAction(
  z.object({ name: z.string(), role: z.enum(["owner", "operator", "viewer"], "Choose owner, operator or viewer.") }),
  async (input, actor) => {
    const created = await createToken(actor, input);
    revalidatePath("/account");
    return created;
  },
);

export const revokeApiToken = defineAction(z.object({ id: z.string() }), async (input, actor) => {
  const revoked = await revokeToken(actor, input);
  revalidatePath("/account");
  return revoked;
});
