import { APIError, betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { createAuthMiddleware } from "better-auth/api";
import { nextCookies } from "better-auth/next-js";
import { sha256 } from "@/lib/store/json";
import { findPerson } from "@/lib/store/people";
import { clearAttempts, countAttempt } from "@/lib/store/rate-limits";
import { type Context, context } from "./context";

const SESSION_SECONDS = 7 * 24 * 60 * 60;
/** Per e-mail address: an address cannot be forged, while the header that names a client's IP can. */
const PER_PERSON = { max: 10, windowMs: 5 * 60_000 };
/** Per client address, as far as it is known. */
const PER_ADDRESS = { max: 50, window: 300 };

const attemptsKey = (email: string): string => `sign-in|${sha256(email.trim().toLowerCase())}`;

function createAuth(ctx: Context) {
  const { env, db } = ctx;
  return betterAuth({
    appName: "Trunkline",
    baseURL: env.publicUrl,
    basePath: "/api/auth",
    secret: ctx.seal.derive("sessions"),
    database: prismaAdapter(db, { provider: "postgresql" }),
    // Without a public address people come by whatever name reaches the server; the page's own origin is then right.
    trustedOrigins: (request) =>
      env.publicUrlSet || !request ? [env.publicUrl] : [env.publicUrl, ...ownOrigins(request)],
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 12, maxPasswordLength: 128 },
    user: {
      additionalFields: {
        role: { type: "string", required: true, defaultValue: "viewer", input: false },
        disabled: { type: "boolean", required: true, defaultValue: false, input: false },
      },
    },
    session: { expiresIn: SESSION_SECONDS, updateAge: 24 * 60 * 60 },
    rateLimit: {
      enabled: true,
      storage: "database",
      window: 60,
      max: 300,
      customRules: { "/sign-in/email": PER_ADDRESS },
    },
    advanced: {
      cookiePrefix: "trunkline",
      useSecureCookies: env.publicUrl.startsWith("https:"),
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax", path: "/" },
    },
    hooks: {
      before: createAuthMiddleware(async (request) => {
        if (request.path !== "/sign-in/email") return;
        const wait = await countAttempt(db, attemptsKey(emailIn(request.body)), PER_PERSON, ctx.clock.now());
        if (wait !== null) throw new APIError("TOO_MANY_REQUESTS", { message: tooMany(wait) });
      }),
      after: createAuthMiddleware(async (request) => {
        const signedIn = request.path === "/sign-in/email" && request.context.newSession;
        if (signedIn) await clearAttempts(db, attemptsKey(signedIn.user.email));
      }),
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            const person = await findPerson(db, session.userId);
            if (!person || person.disabled) {
              throw new APIError("FORBIDDEN", { message: "This account is disabled. Ask an owner." });
            }
          },
        },
      },
    },
    telemetry: { enabled: false },
    logger: { log: (level, message) => ctx.log[level]({ from: "auth" }, message) },
    plugins: [nextCookies()],
  });
}

export type Auth = ReturnType<typeof createAuth>;

const made = new WeakMap<Context, Auth>();

/** Sign-in and sessions. All its state is in the database, so several instances of it agree. */
export async function auth(): Promise<Auth> {
  const ctx = await context();
  const known = made.get(ctx) ?? createAuth(ctx);
  made.set(ctx, known);
  return known;
}

function ownOrigins(request: Request): string[] {
  const host = request.headers.get("host");
  return host ? [`http://${host}`, `https://${host}`] : [];
}

function emailIn(body: unknown): string {
  return typeof body === "object" && body !== null && "email" in body ? String(body.email) : "";
}

const tooMany = (seconds: number): string =>
  `Too many attempts to sign in. Try again in ${seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`}.`;
