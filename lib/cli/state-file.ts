import fs from "node:fs";
import path from "node:path";
import * as z from "zod";
import type { RunEvent } from "@/lib/core/apply/events";
import { type Layout, layoutSchema } from "@/lib/core/layout/model";
import type { Plan } from "@/lib/core/plan/plan";
import { err, ok, type Result } from "@/lib/core/result";

/** What the command remembers of one layout on one cluster. */
export interface State {
  readonly version: 1;
  /** The cluster's own name. */
  readonly cluster: string | null;
  /** Keys of the objects this layout created, imported or adopted. Only these are ever changed or deleted. */
  readonly owned: readonly string[];
  /** The layout of the last apply, for drift. */
  readonly goal: Layout | null;
  /** The run under way; its journal is the file beside. null when none is. */
  readonly run: { readonly plan: Plan; readonly layout: Layout } | null;
}

const schema = z.strictObject({
  version: z.literal(1),
  cluster: z.nullable(z.string()),
  owned: z.array(z.string()),
  goal: z.nullable(layoutSchema),
  run: z.nullable(z.object({ plan: z.looseObject({ version: z.literal(1) }), layout: layoutSchema })),
});

export const EMPTY_STATE: State = { version: 1, cluster: null, owned: [], goal: null, run: null };

/** `<layout>.state.json` beside the layout. */
export const statePathFor = (layout: string): string => `${layout.replace(/\.(ya?ml|json)$/i, "")}.state.json`;
const journalPath = (file: string): string => `${file}.journal`;

/** Reads the state; null when there is no file. An unreadable or newer one is an error and stays untouched. */
export function readState(file: string): Result<State | null, string> {
  let text: string;
  try {
    text = fs.readFileSync(file, "utf8");
  } catch (cause) {
    return codeOf(cause) === "ENOENT" ? ok(null) : err(`Could not read ${file}: ${codeOf(cause)}.`);
  }
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    // The plan inside was written by writeState from a value of this type.
    if (parsed.success) return ok(parsed.data as unknown as State);
    const place = parsed.error.issues[0]?.path.join(".") || "version";
    return err(`${file} is not a state file this version understands (at ${place}). It was left as it is.`);
  } catch {
    return err(`${file} is not a state file: it is no JSON. It was left as it is.`);
  }
}

/** Writes the state whole or not at all, readable for its owner only: it may hold the token of a lock. */
export function writeState(file: string, state: State): Result<void, string> {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    fs.writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600, flush: true });
    fs.renameSync(draft, file);
    return ok(undefined);
  } catch (cause) {
    fs.rmSync(draft, { force: true });
    return err(`Could not write ${file}: ${codeOf(cause)}. Nothing more was done.`);
  }
}

/** The journal of the run under way, oldest first. A last line that was cut off was never acted on. */
export function readJournal(file: string): RunEvent[] {
  if (!fs.existsSync(journalPath(file))) return [];
  return fs
    .readFileSync(journalPath(file), "utf8")
    .split("\n")
    .flatMap((line): RunEvent[] => {
      try {
        return line === "" ? [] : [JSON.parse(line) as RunEvent];
      } catch {
        return [];
      }
    });
}

/** Events after which something happens that only this journal knows of; they are on disk before it does. */
const DECISIVE: ReadonlySet<RunEvent["type"]> = new Set([
  "locked",
  "snapshot",
  "committing",
  "committed",
  "pending",
  "ended",
]);

export interface Journal {
  /** Appends one event. Throws when the disk does not take it: then nothing more may be sent. */
  append(event: RunEvent): void;
  close(): void;
}

export function openJournal(file: string, fresh: boolean): Journal {
  const handle = fs.openSync(journalPath(file), fresh ? "w" : "a", 0o600);
  return {
    append(event) {
      fs.writeSync(handle, `${JSON.stringify(event)}\n`);
      if (DECISIVE.has(event.type)) fs.fdatasyncSync(handle);
    },
    close: () => fs.closeSync(handle),
  };
}

export const dropJournal = (file: string): void => fs.rmSync(journalPath(file), { force: true });

/** Keeps a second command off the same state; gives the release, or why not. A lock of a dead process is taken over. */
export function holdState(file: string): Result<() => void, string> {
  const lock = `${path.resolve(file)}.lock`;
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      fs.writeFileSync(lock, String(process.pid), { flag: "wx", mode: 0o600 });
      return ok(() => fs.rmSync(lock, { force: true }));
    } catch (cause) {
      if (codeOf(cause) !== "EEXIST") return err(`Could not write beside ${file}: ${codeOf(cause)}. Nothing was sent.`);
      const holder = Number(fs.readFileSync(lock, "utf8"));
      if (isAlive(holder)) return err(`Another trunkline (process ${holder}) works with ${file}. Nothing was sent.`);
      fs.rmSync(lock, { force: true });
    }
  }
  return err(`Another trunkline was quicker with ${file}. Nothing was sent.`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    return codeOf(cause) === "EPERM";
  }
}

const codeOf = (cause: unknown): string =>
  cause instanceof Error && "code" in cause ? String(cause.code) : String(cause);
