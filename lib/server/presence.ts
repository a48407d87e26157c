import * as z from "zod";
import type { Failure } from "@/lib/core/failure";
import { ok, type Result } from "@/lib/core/result";
import { findRevision } from "@/lib/store/layouts";
import * as store from "@/lib/store/presence";
import { context } from "./context";
import { parseInput } from "./input";
import { forbidden, missing } from "./refusals";
import type { Actor, PresenceView } from "./views";

const schema = z.object({
  layoutId: z.string(),
  tab: z.string().regex(/^[0-9a-z-]{8,40}$/, "Give the tab a mark of 8 to 40 letters, digits and dashes."),
  cursor: z.string().max(300).nullable(),
  field: z.string().max(60).nullable().default(null),
  leaving: z.boolean().optional(),
});

/**
 * Tells the others that this person has the layout open and what is selected, and gives who else has, with the revision
 * that is stored now. Asked every few seconds; whoever stops asking is forgotten.
 */
export async function meetOthers(
  actor: Actor,
  input: {
    readonly layoutId: string;
    readonly tab: string;
    readonly cursor: string | null;
    /** The field of the selected object that has the keyboard. */
    readonly field?: string | null | undefined;
    readonly leaving?: boolean | undefined;
  },
): Promise<Result<PresenceView, Failure>> {
  const no = forbidden(actor, "viewer", "see layouts");
  if (no) return no;
  const parsed = parseInput(schema, input);
  if (!parsed.ok) return parsed;
  const { layoutId, tab, cursor, field, leaving } = parsed.value;
  const { db, clock } = await context();
  const rev = await findRevision(db, layoutId);
  if (rev === null) return missing("layout");
  if (leaving) {
    await store.leave(db, { layoutId, id: tab });
    return ok({ rev, others: [] });
  }
  const own = { layoutId, id: tab, name: actor.name, cursor, field, at: new Date(clock.now()) };
  const others = await store.meetOthers(db, own);
  return ok({ rev, others: others.map(({ id, at: _, ...rest }) => ({ tab: id, ...rest })) });
}
