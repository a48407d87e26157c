import { emptyLayout } from "@/lib/core/layout/model";
import { openStore } from "../db";
import { findLayout, insertLayout, saveDraft } from "../layouts";

/**
 * Saves one layout over and over in the given data directory and tells its parent each revision once the save is
 * acknowledged, until it is killed. For the test that kills it.
 */
const opened = await openStore({ databaseUrl: null, dataDir: process.argv[2] ?? "" });
if (!opened.ok) throw new Error(opened.error.message);
const { db } = opened.value;
const known = await db.layout.findFirst();
const id = known?.id ?? (await insertLayout(db, { name: "l", clusterId: null, layout: emptyLayout("l"), by: "t" }));
let rev = (await findLayout(db, id))?.rev ?? 0;
process.on("disconnect", () => process.exit(0));
for (;;) {
  const layout = { ...emptyLayout("l"), description: `revision ${rev + 1}` };
  const saved = await saveDraft(db, { id, baseRev: rev, layout, by: "t", at: new Date() });
  if (saved === null) throw new Error("nobody else saves here");
  rev = saved;
  process.send?.(rev);
}
