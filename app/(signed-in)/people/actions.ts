"use server";

import { revalidatePath } from "next/cache";
import * as z from "zod";
import { defineAction } from "@/lib/server/action";
import { changeRole, createPerson, disablePerson, enablePerson, resetPassword } from "@/lib/server/people";

const role = z.enum(["owner", "operator", "viewer"], "Choose owner, operator or viewer.");
const id = z.object({ id: z.string() });

export const create = defineAction(
  z.object({ name: z.string(), email: z.string(), role, password: z.string() }),
  async (input, actor) => {
    const created = await createPerson(actor, input);
    revalidatePath("/people");
    return created;
  },
);

export const setRole = defineAction(id.extend({ role }), async (input, actor) => {
  const changed = await changeRole(actor, input);
  revalidatePath("/people");
  return changed;
});

export const disable = defineAction(id, async (input, actor) => {
  const disabled = await disablePerson(actor, input);
  revalidatePath("/people");
  return disabled;
});

export const enable = defineAction(id, async (input, actor) => {
  const enabled = await enablePerson(actor, input);
  revalidatePath("/people");
  return enabled;
});

export const newPassword = defineAction(id.extend({ password: z.string() }), (input, actor) =>
  resetPassword(actor, input),
);
