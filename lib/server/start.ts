import { newestBackupAge } from "@/lib/store/backup-files";
import { inDataDirectory } from "@/lib/store/data-files";
import { sharedStore } from "@/lib/store/db";
import { countOwners } from "@/lib/store/people";
import { startAgentWatch } from "./agent-watch";
import { ensureCluster } from "./clusters";
import { assemble, type Context, provideContext } from "./context";
import { writeControlFile } from "./control";
import { ensureAgents } from "./declared-agents";
import { readEnv } from "./env";
import { startRunner } from "./runner";
import { createSetupLink } from "./setup";

const HOUR_MS = 3_600_000;

/**
 * Starts what the server needs besides answering requests: settings, database, the cluster the environment names, the
 * runner, the look at host agents, backups. Gives one sentence when it cannot start. While no owner exists it prints a fresh one-time link as
 * `SETUP_LINK <url>` on standard output, for the start script and for whoever reads the log.
 */
export async function startServer(): Promise<string | null> {
  const env = readEnv();
  if (!env.ok) return env.error;
  const { databaseUrl, dataDir, backups, demo } = env.value;
  const opened = await sharedStore({ databaseUrl, dataDir, keepBackups: backups });
  if (!opened.ok) return opened.error.message;
  const ctx = assemble(env.value, opened.value);
  provideContext(ctx);
  writeControlFile(ctx);
  if (demo) {
    await ensureCluster(ctx, { name: "demo", policy: "direct", ...demo });
    await ensureAgents(ctx, "demo", demo.agents);
  }
  const working = [await startRunner(ctx), startAgentWatch(ctx)];
  backUpDaily(ctx);
  closeAtExit(ctx, working);
  if ((await countOwners(ctx.db)) === 0) process.stdout.write(`SETUP_LINK ${await createSetupLink(ctx)}\n`);
  return null;
}

/** Backs the embedded database up when the newest backup is a day old; looks every hour, first after a minute. */
function backUpDaily(ctx: Context): void {
  if (ctx.store.kind !== "embedded") return;
  const look = async (): Promise<void> => {
    const age = await newestBackupAge(inDataDirectory(ctx.env.dataDir, "backups"), ctx.clock.now());
    if (age !== null && age < 24 * HOUR_MS) return;
    const file = await ctx.store.backup();
    ctx.log.info({ file }, "backup written");
  };
  const tryLook = (): void => {
    look().catch((cause: unknown) => ctx.log.error({ err: cause }, "could not write a backup"));
  };
  setTimeout(tryLook, 60_000).unref();
  setInterval(tryLook, HOUR_MS).unref();
}

/** Closes the database in order when asked to end. Killing is safe too; this only makes the next start quicker. */
function closeAtExit(ctx: Context, working: readonly { stop(): void }[]): void {
  const close = (): void => {
    for (const part of working) part.stop();
    const slow = setTimeout(() => process.exit(0), 3_000);
    slow.unref();
    ctx.store
      .close()
      .catch((cause: unknown) => ctx.log.error({ err: cause }, "could not close the database"))
      .finally(() => process.exit(0));
  };
  process.once("SIGTERM", close);
  process.once("SIGINT", close);
}
