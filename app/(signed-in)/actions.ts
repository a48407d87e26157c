"use server";

import { redirect } from "next/navigation";
import { signOut } from "@/lib/server/sign-in";

/** Ends the session and goes to the sign-in page. */
export async function leave(): Promise<void> {
  await signOut();
  redirect("/sign-in");
}
