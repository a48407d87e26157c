// npm run restore -- FILE: puts a backup of the embedded database in place of the present one, with the server stopped.
import fs from "node:fs";
import path from "node:path";
import { tsImport } from "tsx/esm/api";
import { requireDataFolder } from "./data-folder.mjs";
import { requireNode } from "./node-version.mjs";
import { command, Refusal, say } from "./say.mjs";

await command(async () => {
  requireNode(process.versions.node);
  const data = requireDataFolder(process.env);
  const backups = path.join(data, "backups");
  const file = process.argv[2];
  if (!file) {
    const names = fs.existsSync(backups) ? fs.readdirSync(backups).sort() : [];
    throw new Refusal(
      `Name the backup to restore: npm run restore -- FILE. In ${backups}: ${names.join(", ") || "nothing yet"}.`,
    );
  }
  const { restoreBackup } = await tsImport("../store/restore.ts", import.meta.url);
  const restored = await restoreBackup(data, fs.existsSync(file) ? file : path.join(backups, file));
  if (!restored.ok) throw new Refusal(restored.error.message);
  say(`Restored. The files from before are in ${restored.value.kept}; remove them when all is well.`);
});
