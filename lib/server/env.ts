import path from "node:path";
import * as z from "zod";
import { err, ok, type Result } from "@/lib/core/result";

const url = (protocols: readonly string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `must be an address starting with ${protocols.map((protocol) => `${protocol}//`).join(" or ")}`,
  });

const agentsSchema = z.array(
  z.object({
    node: z.string(),
    host: z.string(),
    port: z.number(),
    user: z.string(),
    hostKey: z.string(),
    privateKey: z.string(),
    publicKey: z.string(),
  }),
);

/** A host agent that the environment names, with what reaches it. */
export type DeclaredAgent = z.infer<typeof agentsSchema>[number];

const TOKEN = /^[^@\s!=]+@[^@\s!=]+![^@\s!=]+=\S+$/;

/** Every setting of the server, with its default. The `describe` texts are what docs/operate/settings.md says. */
export const envSchema = z.object({
  PORT: z.coerce.number().int().min(1).max(65535).default(3000).describe("Port to listen on."),
  HOST: z.string().default("127.0.0.1").describe("Address to listen on; 0.0.0.0 for every interface."),
  TRUNKLINE_DATA_DIR: z
    .string()
    .default("data")
    .describe("Directory of the embedded database, the generated key and the backups."),
  DATABASE_URL: url(["postgresql:", "postgres:"])
    .optional()
    .describe("A PostgreSQL database (15 or newer) to use in place of the embedded one."),
  TRUNKLINE_SECRET_KEY: z
    .string()
    .min(32, "must have at least 32 characters; make one with: openssl rand -base64 32")
    .optional()
    .describe("Seals cluster secrets and signs sessions. Generated into the data directory when not given."),
  TRUNKLINE_PUBLIC_URL: url(["http:", "https:"])
    .optional()
    .describe("The address people open, when it is not http://localhost:PORT. With https, cookies become secure-only."),
  TRUNKLINE_DEMO: z
    .enum(["0", "1"], { error: "must be 0 or 1" })
    .default("0")
    .describe("1: also start a simulated cluster and connect it. npm start and npm run dev do so unless it is 0."),
  TRUNKLINE_DEMO_ENDPOINT: url(["http:", "https:"])
    .optional()
    .describe("Set by npm start: the simulated cluster's address, connected as cluster demo."),
  TRUNKLINE_DEMO_TOKEN: z
    .string()
    .regex(TOKEN, "must look like user@realm!name=SECRET")
    .optional()
    .describe("Set by npm start: API token of the simulated cluster."),
  TRUNKLINE_DEMO_AGENTS: z
    .string()
    .optional()
    .describe("Set by npm start: the host agents of the simulated cluster's nodes, as JSON."),
  TRUNKLINE_BACKUPS: z.coerce
    .number()
    .int()
    .min(1)
    .max(365)
    .default(7)
    .describe("How many daily backups of the embedded database are kept."),
  TRUNKLINE_LOG_LEVEL: z
    .enum(["fatal", "error", "warn", "info", "debug", "silent"], {
      error: "must be one of fatal, error, warn, info, debug, silent",
    })
    .default("info")
    .describe("How much is written to the log."),
});

export interface Env {
  readonly port: number;
  readonly host: string;
  /** Absolute. */
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly secretKey: string | null;
  /** Without a slash at the end. */
  readonly publicUrl: string;
  /** Whether the public address was set; otherwise people may come by any name that reaches the server. */
  readonly publicUrlSet: boolean;
  readonly demo: {
    readonly endpoint: string;
    readonly tokenId: string;
    readonly secret: string;
    readonly agents: readonly DeclaredAgent[];
  } | null;
  readonly backups: number;
  readonly logLevel: string;
}

/**
 * Reads the settings from an environment. The error is one sentence per wrong value, naming it, the reason and what it
 * should be; values are not repeated, because some are secrets. An empty text counts as not set.
 */
export function parseEnv(source: Readonly<Record<string, string | undefined>>): Result<Env, string> {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = envSchema.safeParse(given);
  if (!parsed.success) {
    return err(parsed.error.issues.map((issue) => `${issue.path.join(".")} ${sentence(issue.message)}`).join(" "));
  }
  const env = parsed.data;
  if ((env.TRUNKLINE_DEMO_ENDPOINT === undefined) !== (env.TRUNKLINE_DEMO_TOKEN === undefined)) {
    return err("TRUNKLINE_DEMO_ENDPOINT and TRUNKLINE_DEMO_TOKEN must be set together.");
  }
  const agents = readAgents(env.TRUNKLINE_DEMO_AGENTS ?? "[]");
  if (agents === null) return err("TRUNKLINE_DEMO_AGENTS must be the JSON text that npm start makes.");
  const [tokenId = "", secret = ""] = splitToken(env.TRUNKLINE_DEMO_TOKEN ?? "");
  return ok({
    port: env.PORT,
    host: env.HOST,
    dataDir: path.resolve(/* turbopackIgnore: true */ env.TRUNKLINE_DATA_DIR),
    databaseUrl: env.DATABASE_URL ?? null,
    secretKey: env.TRUNKLINE_SECRET_KEY ?? null,
    publicUrl: (env.TRUNKLINE_PUBLIC_URL ?? `http://localhost:${env.PORT}`).replace(/\/+$/, ""),
    publicUrlSet: env.TRUNKLINE_PUBLIC_URL !== undefined,
    demo: env.TRUNKLINE_DEMO_ENDPOINT ? { endpoint: env.TRUNKLINE_DEMO_ENDPOINT, tokenId, secret, agents } : null,
    backups: env.TRUNKLINE_BACKUPS,
    logLevel: env.TRUNKLINE_LOG_LEVEL,
  });
}

function readAgents(text: string): readonly DeclaredAgent[] | null {
  try {
    return agentsSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

const splitToken = (token: string): string[] => {
  const at = token.indexOf("=");
  return at < 0 ? [] : [token.slice(0, at), token.slice(at + 1)];
};

/** zod's own messages begin with a capital and name no subject ("Invalid input: expected number"); ours read on. */
const sentence = (message: string): string => {
  const text = /^[A-Z]/.test(message)
    ? `is not usable: ${message.charAt(0).toLowerCase()}${message.slice(1)}`
    : message;
  return text.endsWith(".") ? text : `${text}.`;
};

/** The settings this process was started with. */
export const readEnv = (): Result<Env, string> => parseEnv(process.env);
