import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { touchPerson } from "@/lib/store/people";
import { auth } from "./auth";
import { context } from "./context";
import { roleSchema } from "./input";
import { actorOfToken } from "./tokens";
import type { Actor } from "./views";

/** Who is signed in in this request, or null. For pages and server actions. */
export async function currentActor(): Promise<Actor | null> {
  return actorOfCookies(await headers());
}

/** Who is signed in; sends everybody else to the sign-in page. */
export async function requireActor(): Promise<Actor> {
  return (await currentActor()) ?? redirect("/sign-in");
}

/** Who calls a route handler: a session cookie, or an API token as bearer. Null when neither is good. */
export async function apiActor(request: Request): Promise<Actor | null> {
  const bearer = /^Bearer\s+(\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  return bearer === undefined ? actorOfCookies(request.headers) : actorOfToken(bearer);
}

async function actorOfCookies(from: Headers): Promise<Actor | null> {
  const found = await (await auth()).api.getSession({ headers: from });
  if (!found || found.user.disabled) return null;
  const role = roleSchema.safeParse(found.user.role);
  if (!role.success) return null;
  const { db, clock } = await context();
  await touchPerson(db, found.user.id, new Date(clock.now()));
  return { id: found.user.id, name: found.user.name, email: found.user.email, role: role.data };
}
