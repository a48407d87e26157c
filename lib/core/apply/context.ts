import type { Failure } from "../failure";
import type { Digest } from "../plan/fingerprint";
import { fingerprintOf } from "../plan/fingerprint";
import type { Plan } from "../plan/plan";
import type { Step } from "../plan/step";
import type { Clock, Cluster, Hosts, IpamAddress, LiveConfig, PendingChange, SnapshotData } from "../ports";
import type { Result } from "../result";
import type { EndState, Phase, RunEvent } from "./events";
import { type HostMark, hostMarks } from "./host-marks";

/** How long to wait for things only the cluster can decide, in milliseconds. */
export interface Patience {
  /** Between two looks at what takes a while; the first looks come sooner, for most things are done at once. */
  readonly pollMs: number;
  /** For the reload of all nodes. */
  readonly reloadMs: number;
  /** For a node to show the new configuration after its reload. */
  readonly verifyMs: number;
  /** For what an agent serves to come up, after it took its state. */
  readonly hostsMs: number;
  /** For a cluster that does not answer after the commit. */
  readonly silenceMs: number;
  /** For a lock that somebody else holds; tried again with growing pauses. */
  readonly lockMs: number;
}

const DEFAULT_PATIENCE: Patience = {
  pollMs: 700,
  reloadMs: 600_000,
  verifyMs: 60_000,
  hostsMs: 20_000,
  silenceMs: 120_000,
  lockMs: 15_000,
};

export interface RunInput {
  readonly plan: Plan;
  readonly cluster: Cluster;
  /** The agents of the nodes; needed for plans that have something for them. */
  readonly hosts?: Hosts;
  readonly clock: Clock;
  readonly fingerprint: Digest;
  /** Asked between any two calls; true once a person wants to stop. */
  readonly cancelled: () => boolean;
  /** Stage and ask Proxmox for its diff, then undo everything: nothing is committed. */
  readonly rehearse?: boolean;
  /** Ids of the checks with status `confirm` that a person has ticked. */
  readonly accepted?: readonly string[];
  /** Who starts the run and why; recorded with the choice for other people's pending changes. */
  readonly by?: string;
  readonly reason?: string;
  /** Tokens of locks that earlier runs of ours may have left behind on this cluster; tried when the lock is held. */
  readonly leftLocks?: readonly string[];
  readonly patience?: Partial<Patience>;
}

/** What one run knows while it goes on. */
export interface RunContext extends RunInput {
  readonly patience: Patience;
  token: string | null;
  locked: boolean;
  /** Other people's pending changes were, or may have been, dropped as chosen; nothing brings them back. */
  discarded: boolean;
  /** What the run saw under the lock, before anything was staged; null when the journal does not have it. */
  snapshot: SnapshotData | null;
  /** Steps known to have happened, oldest first. */
  readonly done: Step[];
  /** A step whose answer was lost and whose effect could not be read yet. */
  maybe: Step | null;
  /** Addresses that were, or may have been, released. */
  readonly released: IpamAddress[];
  /** Where each node stands that gets something. */
  readonly hostMarks: ReadonlyMap<string, HostMark>;
}

export function contextOf(input: RunInput, journal: readonly RunEvent[] = []): RunContext {
  return {
    ...input,
    patience: { ...DEFAULT_PATIENCE, ...input.patience },
    token: null,
    locked: false,
    discarded: false,
    snapshot: null,
    done: [],
    maybe: null,
    released: [],
    hostMarks: hostMarks(input.plan.hosts ?? [], journal),
  };
}

export type EndEvent = Extract<RunEvent, { type: "ended" }>;
export type Events<T> = AsyncGenerator<RunEvent, T>;

export const CANCELLED: Failure = { kind: "cancelled", retry: false, message: "Stopped." };

export const phase = (name: Phase, state: "started" | "done" | "failed" | "skipped", reason?: string): RunEvent => ({
  type: "phase",
  phase: name,
  state,
  ...(reason === undefined ? {} : { reason }),
});

export const note = (level: "info" | "warning", text: string): RunEvent => ({ type: "note", level, text });

export function ended(
  state: EndState,
  message: string,
  more: { failure?: Failure; proven?: number; nodes?: number } = {},
): EndEvent {
  return {
    type: "ended",
    state,
    message,
    ...(more.failure ? { failure: more.failure } : {}),
    proven: more.proven ?? 0,
    nodes: more.nodes ?? 0,
  };
}

const names = (change: PendingChange): string => JSON.stringify([change.kind, change.id, change.state, change.fields]);

export function samePending(some: readonly PendingChange[], others: readonly PendingChange[]): boolean {
  const [a, b] = [some, others].map((list) => list.map(names).sort().join("\n"));
  return a === b;
}

/** Whether this run drops the pending changes of others first. */
export const discards = ({ plan }: RunContext): boolean =>
  plan.pending.choice === "discard" && plan.pending.changes.length > 0;

/** Whether this run commits the pending changes of others along with its own. */
export const includes = ({ plan }: RunContext): boolean =>
  plan.pending.choice === "include" && plan.pending.changes.length > 0;

/** Pending changes that may be there while this run is staging: those that are included, else none. */
export const includedIn = ({ plan }: RunContext): readonly PendingChange[] =>
  plan.pending.choice === "include" ? plan.pending.changes : [];

/** The configuration the steps begin at: the plan's base, and nothing pending but what is included. */
export const isBase = (run: RunContext, config: LiveConfig): boolean =>
  fingerprintOf(config.entities, run.fingerprint) === run.plan.base && samePending(config.pending, includedIn(run));

/** As isBase, but before the pending changes of others have been dropped. */
export const isBeforeDiscard = (run: RunContext, config: LiveConfig): boolean =>
  samePending(config.pending, run.plan.pending.changes) &&
  (config.pending.some((change) => change.state === "deleted" && change.kind === "vnet") ||
    fingerprintOf(config.running, run.fingerprint) === run.plan.base);

const OURS: ReadonlySet<string> = new Set(["zone", "vnet", "subnet"]);

/** Everything staged is the goal, and no controller or fabric is pending that was not so at the start. */
export const isStagedGoal = (run: RunContext, config: LiveConfig): boolean =>
  fingerprintOf(config.entities, run.fingerprint) === run.plan.goal &&
  samePending(
    config.pending.filter(({ kind }) => !OURS.has(kind)),
    includedIn(run).filter(({ kind }) => !OURS.has(kind)),
  );

export const isRunningGoal = (run: RunContext, config: LiveConfig): boolean =>
  config.pending.length === 0 && fingerprintOf(config.running, run.fingerprint) === run.plan.goal;

/** Pauses between looks: short at first, then `pollMs` each. */
export function pauses(run: RunContext): () => Promise<void> {
  let ms = run.patience.pollMs / 256;
  return () => {
    ms = Math.min(ms * 2, run.patience.pollMs);
    return run.clock.sleep(ms);
  };
}

/** Reads until the cluster answers or the patience for silence runs out. For reading only; a write is never repeated. */
export async function readPatiently<T>(
  run: RunContext,
  read: () => Promise<Result<T, Failure>>,
): Promise<Result<T, Failure>> {
  const deadline = run.clock.now() + run.patience.silenceMs;
  const pause = pauses(run);
  for (;;) {
    const answer = await read();
    if (answer.ok || !answer.error.retry || run.clock.now() >= deadline) return answer;
    await pause();
  }
}
