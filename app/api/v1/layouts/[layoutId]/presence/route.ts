import * as z from "zod";
import { readBody, route } from "@/lib/server/http";
import { parseInput } from "@/lib/server/input";
import { meetOthers } from "@/lib/server/presence";

export const dynamic = "force-dynamic";

const bodySchema = z.object({
  tab: z.string("Give the tab's own mark."),
  cursor: z.string().nullable(),
  field: z.string().nullable().optional(),
  leaving: z.boolean().optional(),
});

/** Says that somebody is here, and asks who else is. A tab that is closed sends the last one as a beacon. */
export const POST = route(async (actor, request, { layoutId = "" }) => {
  const body = await readBody(request);
  if (!body.ok) return body;
  const input = parseInput(bodySchema, body.value);
  return input.ok ? meetOthers(actor, { layoutId, ...input.value }) : input;
});
