import { startServer } from "@/lib/server/start";

/** Starts the server's own work, or ends the process with one sentence: a server that only answers 500 helps nobody. */
export async function start(): Promise<void> {
  const problem = await startServer().catch((cause: unknown) =>
    cause instanceof Error ? (cause.stack ?? cause.message) : String(cause),
  );
  if (problem === null) return;
  process.stderr.write(`Trunkline cannot start. ${problem}\n`);
  process.exit(1);
}
