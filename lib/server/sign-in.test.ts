import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { POST as authPost } from "@/app/api/auth/[...all]/route";
import { POST as controlPost } from "@/app/api/control/sign-in-link/route";
import { GET as getDraft, PUT as putDraft } from "@/app/api/v1/layouts/[layoutId]/draft/route";
import { GET as getRuns } from "@/app/api/v1/runs/route";
import { emptyLayout } from "@/lib/core/layout/model";
import { openStore } from "@/lib/store/db";
import type { Context } from "./context";
import { createLayout } from "./layouts";
import { changeOwnPassword, createPerson, disablePerson, listPeople, resetPassword } from "./people";
import { apiActor } from "./session";
import { completeSetup, createSetupLink, readSetup } from "./setup";
import { must, mustFail, operator, owner, provideStore } from "./testing/harness";
import { createToken } from "./tokens";
import type { Actor } from "./views";

// Outside of Next there is no request to read headers from; this stands for the one a server action runs in.
vi.mock("next/headers", () => ({ headers: () => Promise.resolve(new Headers({ host: "localhost:3000" })) }));

const ORIGIN = "http://localhost:3000";
const PASSWORD = "correct horse battery";

const post = (path: string, body: unknown, headers: Record<string, string> = {}): Request =>
  new Request(`${ORIGIN}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: ORIGIN, host: "localhost:3000", ...headers },
    body: JSON.stringify(body),
  });
const signInOverHttp = (email: string, password: string): Promise<Response> =>
  authPost(post("/api/auth/sign-in/email", { email, password }));
const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
const withCookie = (cookie: string): Request => new Request(`${ORIGIN}/x`, { headers: { cookie } });
const none = { params: Promise.resolve({}) };

let ctx: Context;
beforeAll(async () => {
  const opened = await openStore({ databaseUrl: null, dataDir: null });
  if (!opened.ok) throw new Error(opened.error.message);
  ctx = provideStore(opened.value);
}, 120_000);
afterAll(() => ctx.store.close());
beforeEach(async () => {
  await ctx.db.rateLimit.deleteMany();
});

async function person(email: string, role: Actor["role"] = "operator"): Promise<Actor> {
  const { id } = must(await createPerson(owner, { name: email, email, role, password: PASSWORD }));
  return { id, name: email, email, role };
}

describe("the one-time link", () => {
  const tokenOf = (link: string): string => new URL(link).searchParams.get("token") ?? "";

  it("creates the owner once, signs in, and is for recovery from then on", async () => {
    const replaced = tokenOf(await createSetupLink(ctx));
    const token = tokenOf(await createSetupLink(ctx));
    expect((await readSetup(replaced)).ok).toBe(false);
    expect((await readSetup("wrong")).ok).toBe(false);
    expect(must(await readSetup(token)).purpose).toBe("owner");
    const input = { token, name: "Ada", email: "Ada@Example.org", password: PASSWORD };
    expect(mustFail(await completeSetup({ ...input, password: "short" })).fields).toHaveProperty("password");
    expect(mustFail(await completeSetup({ ...input, email: "ada" })).fields).toHaveProperty("email");
    must(await completeSetup(input));
    expect(await ctx.db.session.count({ where: { user: { email: "ada@example.org" } } })).toBe(1);
    expect((await completeSetup({ ...input, email: "eve@example.org" })).ok).toBe(false);
    expect(must(await listPeople(owner))).toMatchObject([{ name: "Ada", email: "ada@example.org", role: "owner" }]);

    const recovery = tokenOf(await createSetupLink(ctx));
    expect(must(await readSetup(recovery))).toEqual({ purpose: "recovery", email: "ada@example.org" });
    must(await completeSetup({ token: recovery, password: `${PASSWORD} new` }));
    expect((await signInOverHttp("ada@example.org", PASSWORD)).status).toBe(401);
    expect((await signInOverHttp("ada@example.org", `${PASSWORD} new`)).status).toBe(200);
    expect((await readSetup(recovery)).ok).toBe(false);
  });

  it("expires", async () => {
    const token = tokenOf(await createSetupLink(ctx));
    await ctx.db.setupLink.updateMany({ data: { expiresAt: new Date(0) } });
    expect(mustFail(await readSetup(token)).message).toMatch(/expired/);
  });

  it("is given over HTTP to whoever knows the control file's secret", async () => {
    const ask = (secret: string) =>
      controlPost(post("/api/control/sign-in-link", {}, { "x-trunkline-control": secret }));
    expect((await ask("wrong")).status).toBe(403);
    expect(await (await ask(ctx.controlSecret)).json()).toMatchObject({
      url: expect.stringContaining("/setup?token="),
    });
  });
});

describe("a session", () => {
  it("is an HTTP-only cookie of seven days that names its person until it is signed out", async () => {
    const who = await person("session@example.org");
    const answer = await signInOverHttp("Session@example.org", PASSWORD);
    const line = answer.headers.getSetCookie().join();
    expect(line).toMatch(/HttpOnly/);
    expect(line).toMatch(/SameSite=Lax/);
    expect(line).toMatch(/Max-Age=604800/);
    expect(line).not.toMatch(/Secure/);
    expect(await apiActor(withCookie(cookieOf(answer)))).toEqual(who);
    const out = await authPost(post("/api/auth/sign-out", {}, { cookie: cookieOf(answer) }));
    expect(out.status).toBe(200);
    expect(await apiActor(withCookie(cookieOf(answer)))).toBeNull();
  });

  it("ends when the account is disabled, the password renewed, or its time is over", async () => {
    for (const end of [
      (who: Actor) => disablePerson(owner, { id: who.id }),
      (who: Actor) => resetPassword(owner, { id: who.id, password: `${PASSWORD} 2` }),
      (who: Actor) => changeOwnPassword(who, { current: PASSWORD, password: `${PASSWORD} 3` }),
      (who: Actor) => ctx.db.session.updateMany({ where: { userId: who.id }, data: { expiresAt: new Date(0) } }),
    ]) {
      const who = await person(`${crypto.randomUUID()}@example.org`);
      const cookie = cookieOf(await signInOverHttp(who.email, PASSWORD));
      expect(await apiActor(withCookie(cookie))).toEqual(who);
      await end(who);
      expect(await apiActor(withCookie(cookie))).toBeNull();
    }
  });

  it("is refused to a disabled account, a wrong password and an unknown address", async () => {
    const who = await person("off@example.org");
    must(await disablePerson(owner, { id: who.id }));
    expect((await signInOverHttp(who.email, PASSWORD)).status).toBe(403);
    const wrong = await signInOverHttp("session@example.org", "not this one");
    const unknown = await signInOverHttp("nobody@example.org", "not this one");
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    expect(await wrong.text()).toBe(await unknown.text());
  });

  it("cannot be guessed quickly, whatever address the guesses seem to come from", async () => {
    const who = await person("guessed@example.org");
    const guess = (n: number) =>
      authPost(
        post(
          "/api/auth/sign-in/email",
          { email: who.email, password: `guess ${n}` },
          { "x-forwarded-for": `10.0.0.${n}` },
        ),
      );
    for (let n = 1; n <= 10; n++) expect((await guess(n)).status).toBe(401);
    expect((await guess(11)).status).toBe(429);
    expect((await signInOverHttp(who.email, PASSWORD)).status).toBe(429);
  });

  it("leaves no other door open", async () => {
    const paths = ["sign-up/email", "update-user", "change-password", "request-password-reset", "delete-user"];
    for (const path of paths) expect((await authPost(post(`/api/auth/${path}`, {}))).status).toBe(404);
  });
});

describe("the HTTP interface", () => {
  it("answers 401 without a session, and JSON errors with the status of their kind", async () => {
    const answer = await getRuns(new Request(`${ORIGIN}/api/v1/runs`), none);
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ error: { kind: "unauthorized", message: expect.any(String) } });
  });

  it("lets API tokens in and names what is wrong with a filter", async () => {
    const { secret } = must(await createToken(owner, { name: "ci", role: "viewer" }));
    const get = (query: string) =>
      getRuns(new Request(`${ORIGIN}/api/v1/runs${query}`, { headers: { authorization: `Bearer ${secret}` } }), none);
    expect(await (await get("")).json()).toEqual({ runs: [], next: null });
    const bad = await get("?state=happy");
    expect(bad.status).toBe(400);
    expect(await bad.json()).toMatchObject({ error: { fields: { state: expect.stringContaining("applied") } } });
  });

  it("refuses changes that come from another site", async () => {
    const who = await person("origin@example.org");
    const cookie = cookieOf(await signInOverHttp(who.email, PASSWORD));
    const { id } = must(await createLayout(operator, { name: "l", clusterId: null }));
    const route = { params: Promise.resolve({ layoutId: id }) };
    const put = (headers: Record<string, string>, body: unknown = { baseRev: 1, layout: emptyLayout("l") }) =>
      putDraft(
        new Request(`${ORIGIN}/api/v1/layouts/${id}/draft`, {
          method: "PUT",
          headers: { host: "localhost:3000", cookie, ...headers },
          body: typeof body === "string" ? body : JSON.stringify(body),
        }),
        route,
      );
    expect((await put({ origin: "http://evil.example" })).status).toBe(403);
    expect((await put({})).status).toBe(403);
    expect(await (await put({ origin: ORIGIN })).json()).toEqual({ saved: true, rev: 2 });
    const conflict = await put({ origin: ORIGIN });
    expect(conflict.status).toBe(409);
    expect(await conflict.json()).toMatchObject({ saved: false, conflict: { rev: 2, updatedBy: who.name } });
    for (const bad of ["{", { baseRev: "x", layout: {} }, { baseRev: 2, layout: { version: 1, nmae: "l" } }]) {
      expect((await put({ origin: ORIGIN }, bad)).status).toBe(400);
    }
    const unstorable = await put({ origin: ORIGIN }, { baseRev: 2, layout: { ...emptyLayout("l"), site: "a\u0000b" } });
    expect(await unstorable.json()).toMatchObject({ error: { fields: { layout: expect.stringContaining("NUL") } } });
    const read = await getDraft(new Request(`${ORIGIN}/x`, { headers: { cookie } }), route);
    expect(await read.json()).toMatchObject({ id, rev: 2 });
    const gone = await getDraft(new Request(`${ORIGIN}/x`, { headers: { cookie } }), {
      params: Promise.resolve({ layoutId: "no" }),
    });
    expect(gone.status).toBe(422);
  });
});
