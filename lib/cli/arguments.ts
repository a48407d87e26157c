import { parseArgs } from "node:util";
import { err, ok, type Result } from "@/lib/core/result";

const VERBS = ["validate", "plan", "apply", "import", "drift", "convert"] as const;
export type Verb = (typeof VERBS)[number];

/** What was asked for, parsed. `file` is the layout (or plan) the verb works on. */
export interface Request {
  readonly verb: Verb;
  readonly file: string | null;
  readonly endpoints: readonly string[];
  readonly token: { readonly id: string; readonly secret: string } | null;
  readonly fingerprint: string | null;
  readonly json: boolean;
  readonly output: string | null;
  readonly yes: boolean;
  readonly state: string | null;
  readonly zones: readonly string[];
  readonly to: string | null;
  readonly pending: "stop" | "include" | "discard";
  readonly reason: string;
  readonly confirm: string | null;
  readonly accepted: readonly string[];
  readonly release: boolean;
  readonly resume: "continue" | "roll-back" | null;
  readonly retryNodes: readonly string[];
}

export const USAGE = `Usage: trunkline <command> [options]

  validate <layout>                    problems of a layout file
  plan     <layout> --endpoint URL     what an apply would change; -o FILE keeps the plan
  apply    <layout|plan.json>          applies it; --yes without asking
  import   --endpoint URL [--zone z]   the cluster's SDN as a layout, on standard output or in -o FILE
  drift    <layout> --endpoint URL     how the cluster differs from the last apply
  convert  <file> --to FORMAT          a layout file as layout (YAML), json, csv, md or svg

  --endpoint URL       a node's address, https://pve1:8006; repeat it for several nodes of one cluster
  --token ID=SECRET    API token; better in TRUNKLINE_TOKEN, where other users do not see it
  --fingerprint SHA256 the certificate's fingerprint (pvenode cert info)
  --state FILE         what is owned; default <layout>.state.json
  --json               machine-readable output
  --pending stop|include|discard   pending changes of others (with --reason; discard also with --confirm CLUSTER)
  --accept CHECK       tick a check that wants it; repeatable
  --release-addresses  release stale IPAM addresses that keep a subnet from being removed
  --continue, --roll-back          of a run that was cut off
  --retry-node NODE    of a run that was only partly applied; repeatable`;

/** Reads the words of the command line. The error is one sentence. */
export function readRequest(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Result<Request, string> {
  const parsed = parse(argv);
  if (!parsed.ok) return parsed;
  const { values, positionals } = parsed.value;
  const command = readCommand(positionals);
  if (!command.ok) return command;
  const token = readToken(values.token ?? env["TRUNKLINE_TOKEN"]);
  if (!token.ok) return token;
  const reason = values.reason.trim();
  const pending = readPending(values.pending, reason);
  if (!pending.ok) return pending;
  const [resume = null, other] = (["continue", "roll-back"] as const).filter((way) => values[way]);
  if (other) return err("Choose --continue or --roll-back, not both.");
  return ok({
    ...command.value,
    endpoints: values.endpoint,
    token: token.value,
    fingerprint: values.fingerprint ?? null,
    json: values.json,
    output: values.output ?? null,
    yes: values.yes,
    state: values.state ?? null,
    zones: values.zone,
    to: values.to ?? null,
    pending: pending.value,
    reason,
    confirm: values.confirm ?? null,
    accepted: values.accept,
    release: values["release-addresses"],
    resume,
    retryNodes: values["retry-node"],
  });
}

function readCommand([word, file, extra]: readonly string[]): Result<Pick<Request, "verb" | "file">, string> {
  const verb = VERBS.find((one) => one === word);
  if (!verb) return err(`Unknown command ${word ?? ""}; use one of ${VERBS.join(", ")}.`);
  if (extra !== undefined) return err(`${extra} is one file too many for ${verb}.`);
  if (file === undefined && verb !== "import") return err(`Name the file: trunkline ${verb} <layout>.`);
  return ok({ verb, file: file ?? null });
}

function readToken(text: string | undefined): Result<Request["token"], string> {
  if (text === undefined) return ok(null);
  const [, id, secret] = /^([^=]+)=(.+)$/.exec(text) ?? [];
  if (!id?.includes("!") || !secret) return err("The token must be user@realm!name=secret, as Proxmox showed it.");
  return ok({ id, secret });
}

function readPending(choice: string, reason: string): Result<Request["pending"], string> {
  const pending = (["stop", "include", "discard"] as const).find((one) => one === choice);
  if (!pending) return err(`--pending ${choice}: use stop, include or discard.`);
  if (pending !== "stop" && reason === "")
    return err(`--pending ${pending} needs --reason TEXT; others are concerned.`);
  return ok(pending);
}

const none: string[] = [];
const many = { type: "string", multiple: true, default: none } as const;
const one = { type: "string" } as const;
const flag = { type: "boolean", default: false } as const;

function parse(argv: readonly string[]) {
  try {
    return ok(
      parseArgs({
        args: [...argv],
        allowPositionals: true,
        options: {
          endpoint: many,
          token: one,
          fingerprint: one,
          json: flag,
          output: { ...one, short: "o" },
          yes: flag,
          state: one,
          zone: many,
          to: one,
          pending: { ...one, default: "stop" },
          reason: { ...one, default: "" },
          confirm: one,
          accept: many,
          "release-addresses": flag,
          continue: flag,
          "roll-back": flag,
          "retry-node": many,
        },
      }),
    );
  } catch (cause) {
    return err(
      `${cause instanceof Error ? (cause.message.split(". ")[0] ?? "") : String(cause)}; --help lists the options.`,
    );
  }
}
