import { randomBytes } from "node:crypto";
import { EventEmitter } from "node:events";
import type { Logger } from "pino";
import type { Clock, Cluster } from "@/lib/core/ports";
import { sharedStore } from "@/lib/store/db";
import type { Db, Store } from "@/lib/store/store";
import { type Env, readEnv } from "./env";
import { type HostAccess, hostsOverSsh } from "./host-access";
import { createLog } from "./log";
import { type Proxmox, proxmoxOverHttp } from "./proxmox";
import { createSeal, readMasterKey, type Seal } from "./seal";

/** Everything the use cases need from outside, chosen in this one place. */
export interface Context {
  readonly env: Env;
  readonly log: Logger;
  readonly store: Store;
  readonly db: Db;
  readonly seal: Seal;
  readonly clock: Clock;
  readonly proxmox: Proxmox;
  readonly hosts: HostAccess;
  /** Open clients by cluster id, each with the moment its row was last changed. */
  readonly clusters: Map<string, { readonly changedAt: number; readonly cluster: Cluster }>;
  /** Proves to the control routes that a caller can read the data directory. */
  readonly controlSecret: string;
  /**
   * News within this process: `run` with a run's id when its journal grew, `queued` when a run waits. Only a hint that
   * saves waiting; whoever listens also looks at the database now and then.
   */
  readonly news: EventEmitter;
}

const KEY = Symbol.for("trunkline.context");
type Shared = typeof globalThis & { [KEY]?: Promise<Context> };

/**
 * The one context of this process, made at its first use. On globalThis, because a production build does not share
 * module variables between pages and route handlers. Throws when the database does not open: the start of the server
 * opens it first and stops with the reason.
 */
export function context(): Promise<Context> {
  const shared = globalThis as Shared;
  shared[KEY] ??= makeContext();
  return shared[KEY];
}

/** Puts a context in place before its first use: the start of the server, and tests with their own database. */
export function provideContext(made: Context | Promise<Context>): void {
  (globalThis as Shared)[KEY] = Promise.resolve(made);
}

async function makeContext(): Promise<Context> {
  const parsed = readEnv();
  if (!parsed.ok) throw new Error(parsed.error);
  const env = parsed.value;
  const opened = await sharedStore({ databaseUrl: env.databaseUrl, dataDir: env.dataDir, keepBackups: env.backups });
  if (!opened.ok) throw new Error(opened.error.message);
  return assemble(env, opened.value);
}

/** A context around an opened store. `parts` replace the defaults. */
export function assemble(env: Env, store: Store, parts: Partial<Context> = {}): Context {
  const news = new EventEmitter();
  // One listener per open run page.
  news.setMaxListeners(0);
  return {
    env,
    log: createLog(env.logLevel),
    store,
    db: store.db,
    seal: createSeal(readMasterKey(env.secretKey, env.dataDir)),
    clock: {
      now: () => Date.now(),
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    },
    proxmox: proxmoxOverHttp,
    hosts: hostsOverSsh,
    clusters: new Map(),
    controlSecret: randomBytes(32).toString("base64url"),
    news,
    ...parts,
  };
}
