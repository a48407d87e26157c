// npm run import -- FILE: reads an export into an empty database: PostgreSQL when DATABASE_URL is set, else the embedded
// one, with the server stopped.
import { ensureInstalled } from "./install.mjs";
import { requireNode } from "./node-version.mjs";
import { command, Refusal, say } from "./say.mjs";
import { databasePlace, keyReminder, requireFile } from "./transfer-place.mjs";

await command(async () => {
  requireNode(process.versions.node);
  const file = requireFile("npm run import -- FILE", "a file that npm run export wrote");
  const place = databasePlace(process.env);
  await ensureInstalled();
  // Only now: a fresh clone has no packages before.
  const { tsImport } = await import("tsx/esm/api");
  const { importDatabase } = await tsImport("../store/transfer.ts", import.meta.url);
  const imported = await importDatabase(place, file);
  if (!imported.ok) throw new Refusal(imported.error.message);
  const { rows, date, brokenAudit } = imported.value;
  say(`${rows} rows of the export from ${date} are in.`);
  say(
    brokenAudit === null
      ? "The audit chain is whole."
      : `The audit chain breaks at entry ${brokenAudit}, as it did where the export was made.`,
  );
  say(keyReminder(process.env, place));
});
