import * as z from "zod";
import type { Failure } from "@/lib/core/failure";
import { readAddress } from "@/lib/core/net/address";
import { readCidr } from "@/lib/core/net/cidr";
import { ok, type Result } from "@/lib/core/result";
import { installScript, type Script } from "@/lib/hosts/bundle/install-script";
import { createKeyPair } from "@/lib/hosts/ssh/key-pair";
import { findCluster } from "@/lib/store/clusters";
import * as store from "@/lib/store/host-agents";
import { agentFiles } from "./agent-program";
import type { AgentView, HostKeyView, ScriptView } from "./agent-views";
import { agentSchema, findReached, viewOf } from "./agents";
import { appendAudit } from "./audit";
import { type Context, context } from "./context";
import { installationOwner, keyPurpose } from "./host-agents";
import { parseInput } from "./input";
import { forbidden, missing, refused, rejected } from "./refusals";
import type { Actor } from "./views";

const MANAGE = "manage host agents";
/** The user that the install script makes. */
const AGENT_USER = "trunkline";

const addressFields = {
  host: z
    .string("Enter an address.")
    .trim()
    .max(253, "Use at most 253 characters.")
    .refine(
      (text) => readAddress(text) !== null || /^[A-Za-z0-9]([A-Za-z0-9-]*[.])*[A-Za-z0-9-]*$/.test(text),
      "Enter an IP address or a host name, without user, port or path.",
    ),
  port: z.coerce
    .number("Enter a port from 1 to 65535.")
    .int("Enter a port from 1 to 65535.")
    .min(1, "Enter a port from 1 to 65535.")
    .max(65_535, "Enter a port from 1 to 65535."),
};
const hostKeySchema = z
  .string("Compare the host key first.")
  .regex(/^SHA256:[A-Za-z0-9+/]{43}$/, "Give the fingerprint as ssh-keygen prints it: SHA256: and 43 characters.");
const nodeSchema = z
  .string("Choose a node.")
  .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/, "Enter the node's name as Proxmox shows it.");

const probeSchema = z.object(addressFields);

/** The host key a server shows, to be compared by the person before anything is trusted. */
export async function probeHostKey(
  actor: Actor,
  input: z.input<typeof probeSchema>,
): Promise<Result<HostKeyView, Failure>> {
  const no = forbidden(actor, "owner", MANAGE);
  if (no) return no;
  const parsed = parseInput(probeSchema, input);
  return parsed.ok ? (await context()).hosts.readHostKey(parsed.value) : parsed;
}

const placeFields = { clusterId: z.string(), node: nodeSchema };
const addSchema = z.discriminatedUnion("mode", [
  z.object({ mode: z.literal("ssh"), ...placeFields, ...addressFields, hostKey: hostKeySchema }),
  z.object({ mode: z.literal("bundle"), ...placeFields }),
]);

/**
 * Notes that a node has, or will have, an agent. Over SSH with a key pair of its own and the compared host key. Nothing
 * is done on the node: that is the install script's part, or the bundle's.
 */
export async function addAgent(actor: Actor, input: z.input<typeof addSchema>): Promise<Result<AgentView, Failure>> {
  const no = forbidden(actor, "owner", MANAGE);
  if (no) return no;
  const parsed = parseInput(addSchema, input);
  if (!parsed.ok) return parsed;
  const { clusterId, node, mode } = parsed.value;
  const ctx = await context();
  if (!(await findCluster(ctx.db, clusterId))) return missing("cluster");
  const reach =
    parsed.value.mode === "ssh"
      ? {
          ...{ host: parsed.value.host, port: parsed.value.port, hostKey: parsed.value.hostKey },
          ...newKey(ctx, { clusterId, node }),
        }
      : { host: "", port: 22, hostKey: null, sealedKey: null, publicKey: null };
  const at = new Date(ctx.clock.now());
  const row = { clusterId, node, mode, ...reach, user: AGENT_USER, createdBy: actor.name, createdAt: at };
  if (!(await store.insertAgent(ctx.db, row))) {
    return rejected(`${node} has a host agent already.`, { node: `${node} has a host agent already.` });
  }
  await installationOwner(ctx);
  const { host, port, hostKey } = reach;
  await appendAudit(ctx, actor, "agent.add", `cluster/${clusterId}`, { node, mode, host, port, hostKey });
  return viewOf(ctx, { clusterId, node });
}

function newKey(ctx: Context, place: store.AgentPlace): { readonly sealedKey: string; readonly publicKey: string } {
  const pair = createKeyPair(`trunkline@${place.node}`);
  return { sealedKey: ctx.seal.seal(pair.privateKey, keyPurpose(place)), publicKey: pair.publicKey };
}

const scriptSchema = agentSchema.extend({
  from: z
    .array(
      z
        .string()
        .trim()
        .refine((text) => readAddress(text) !== null || readCidr(text) !== null, "Enter addresses or networks."),
    )
    .max(20, "Name at most 20 addresses or networks.")
    .default([]),
});

/** The script that installs the agent on a node and lets this server's key in, to the agent's verbs only. */
export async function loadInstallScript(
  actor: Actor,
  input: z.input<typeof scriptSchema>,
): Promise<Result<ScriptView, Failure>> {
  const no = forbidden(actor, "owner", MANAGE);
  if (no) return no;
  const parsed = parseInput(scriptSchema, input);
  if (!parsed.ok) return parsed;
  const found = await findReached(await context(), parsed.value);
  return found.ok ? ok(await scriptFor(found.value, parsed.value.from)) : found;
}

const scriptFor = async (row: store.AgentRow, from: readonly string[]): Promise<Script> =>
  installScript({ node: row.node, files: await agentFiles(), publicKey: row.publicKey ?? "", from });

const signInSchema = z.union(
  [
    z.object({ password: z.string().min(1, "Enter the password.").max(1_024, "Use at most 1,024 characters.") }),
    z.object({
      privateKey: z
        .string()
        .max(20_000, "Use at most 20,000 characters.")
        .regex(/^-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/, "Paste a private key, from BEGIN to END.")
        // Pasting loses the last line's end, and without it the key cannot be read.
        .transform((text) => `${text.trim()}\n`),
      passphrase: z.string().max(1_024, "Use at most 1,024 characters.").optional(),
    }),
  ],
  "Enter a password, or a private key.",
);
const installSchema = scriptSchema.extend({
  user: z
    .string()
    .trim()
    .regex(/^[a-z_][a-z0-9_-]{0,31}$/, "Enter a user of the node, usually root.")
    .default("root"),
  signIn: signInSchema,
});

/**
 * Signs in once as the person says and runs the install script there. What they signed in with is used for that and
 * forgotten: it is never stored, logged or answered.
 */
export async function installAgent(
  actor: Actor,
  input: z.input<typeof installSchema>,
): Promise<Result<{ readonly log: string }, Failure>> {
  const no = forbidden(actor, "owner", MANAGE);
  if (no) return no;
  const parsed = parseInput(installSchema, input);
  if (!parsed.ok) return parsed;
  const { user, signIn, from, clusterId, node } = parsed.value;
  const ctx = await context();
  const found = await findReached(ctx, { clusterId, node });
  if (!found.ok) return found;
  const { host, port, hostKey } = found.value;
  const script = await scriptFor(found.value, from);
  const target = { node, host, port, user, hostKey: hostKey ?? "" };
  const proof =
    "password" in signIn
      ? { password: signIn.password }
      : { privateKey: signIn.privateKey, ...(signIn.passphrase ? { passphrase: signIn.passphrase } : {}) };
  const installed = await ctx.hosts.install({ ...target, ...proof }, script);
  const detail = { node, host, port, user, with: Object.keys(proof)[0], sha256: script.sha256, done: installed.ok };
  await appendAudit(ctx, actor, "agent.install", `cluster/${clusterId}`, detail);
  return installed.ok ? ok({ log: installed.value }) : installed;
}

const reachSchema = agentSchema.extend({ ...addressFields, hostKey: hostKeySchema, confirm: z.string().trim() });

/** Another address, or another host key: the node was moved or installed anew, and a person has compared its key. */
export async function repinAgent(
  actor: Actor,
  input: z.input<typeof reachSchema>,
): Promise<Result<AgentView, Failure>> {
  const no = forbidden(actor, "owner", MANAGE);
  if (no) return no;
  const parsed = parseInput(reachSchema, input);
  if (!parsed.ok) return parsed;
  const { clusterId, node, host, port, hostKey, confirm } = parsed.value;
  const ctx = await context();
  const found = await findReached(ctx, { clusterId, node });
  if (!found.ok) return found;
  if (confirm !== node) return unconfirmed(node);
  const { host: oldHost, port: oldPort, hostKey: oldKey } = found.value;
  await store.updateAgent(ctx.db, { clusterId, node }, { host, port, hostKey });
  const before = { host: oldHost, port: oldPort, hostKey: oldKey };
  await appendAudit(ctx, actor, "agent.repin", `cluster/${clusterId}`, { node, before, host, port, hostKey });
  return viewOf(ctx, { clusterId, node });
}

/** The refusal of a deliberate act that was not confirmed with the node's name. */
export function unconfirmed(node: string): Result<never, Failure> {
  const message = `Type the node's name, ${node}, to confirm.`;
  return rejected(message, { confirm: message });
}

/** A new key pair in place of the old one, which the node lets in no more once the script was run there again. */
export async function renewAgentKey(
  actor: Actor,
  input: z.input<typeof agentSchema>,
): Promise<Result<AgentView, Failure>> {
  const no = forbidden(actor, "owner", MANAGE);
  if (no) return no;
  const parsed = parseInput(agentSchema, input);
  if (!parsed.ok) return parsed;
  const { clusterId, node } = parsed.value;
  const ctx = await context();
  const found = await findReached(ctx, parsed.value);
  if (!found.ok) return found;
  const key = newKey(ctx, parsed.value);
  if (!(await store.updateAgent(ctx.db, parsed.value, key))) return refused(`${node} has no host agent any more.`);
  await appendAudit(ctx, actor, "agent.renew-key", `cluster/${clusterId}`, { node, publicKey: key.publicKey });
  return viewOf(ctx, parsed.value);
}
