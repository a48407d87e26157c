import type { Failure } from "@/lib/core/failure";
import type { EntityKey } from "@/lib/core/plan/entity";
import { keyName } from "@/lib/core/plan/key-name";
import { ok, type Result } from "@/lib/core/result";
import type { Adopted } from "@/lib/store/recorded";
import { appendAudit } from "./audit";
import type { Context } from "./context";
import { missing, refused } from "./refusals";
import type { Actor } from "./views";

/** What became of an adoption, or of letting go, for the person who wanted it; written down when it was done. */
export async function adopted(
  ctx: Context,
  actor: Actor,
  row: { readonly id: string; readonly name: string },
  done: Adopted,
  action: "layout.adopt" | "layout.let-go" | "drift.adopt",
  keys: readonly EntityKey[],
): Promise<Result<{ readonly rev: number }, Failure>> {
  if (done.done) {
    await appendAudit(ctx, actor, action, `layout/${row.id}`, { keys: keys.slice(0, 100), objects: keys.length });
    return ok({ rev: done.rev });
  }
  switch (done.why) {
    case "gone":
      return missing("layout");
    case "busy":
      return refused(
        `Could not change what ${row.name} owns: a run of it is waiting, at work or interrupted.`,
        "Wait until it has ended, or continue it or roll it back.",
      );
    case "taken":
      return refused(
        `Could not adopt into ${row.name}: ${done.key === null ? "one of the objects" : keyName(done.key)} belongs to ${done.by}.`,
        "Adopt it there, or remove it from there first.",
      );
  }
}
