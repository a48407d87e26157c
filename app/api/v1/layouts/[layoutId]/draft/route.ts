import * as z from "zod";
import { readBody, route } from "@/lib/server/http";
import { parseInput } from "@/lib/server/input";
import { loadDraft, saveDraft } from "@/lib/server/layouts";

export const dynamic = "force-dynamic";

const bodySchema = z.object({
  baseRev: z.int("Give the revision the draft was made from.").min(1),
  layout: z.unknown(),
});

export const GET = route((actor, _request, { layoutId = "" }) => loadDraft(actor, layoutId));

/** Saves a draft: 200 with the new revision, or 409 with what is stored when somebody else saved in between. */
export const PUT = route(async (actor, request, { layoutId = "" }) => {
  const body = await readBody(request);
  if (!body.ok) return body;
  const input = parseInput(bodySchema, body.value);
  if (!input.ok) return input;
  const saved = await saveDraft(actor, { id: layoutId, ...input.value });
  if (!saved.ok || saved.value.saved) return saved;
  return Response.json(saved.value, { status: 409, headers: { "cache-control": "no-store" } });
});
