// npm run export -- FILE: everything in the database as one file, from PostgreSQL when DATABASE_URL is set, else from the
// embedded database, with the server stopped.
import { ensureInstalled } from "./install.mjs";
import { requireNode } from "./node-version.mjs";
import { command, Refusal, say } from "./say.mjs";
import { databasePlace, keyReminder, requireFile } from "./transfer-place.mjs";

await command(async () => {
  requireNode(process.versions.node);
  const file = requireFile("npm run export -- FILE", "the file to write, for example trunkline.jsonl.gz");
  const place = databasePlace(process.env);
  await ensureInstalled();
  // Only now: a fresh clone has no packages before.
  const { tsImport } = await import("tsx/esm/api");
  const { exportDatabase } = await tsImport("../store/transfer.ts", import.meta.url);
  const exported = await exportDatabase(place, file, new Date());
  if (!exported.ok) throw new Refusal(exported.error.message);
  say(`${exported.value.rows} rows are in ${file}.`);
  say(keyReminder(process.env, place));
});
