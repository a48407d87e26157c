import * as z from "zod";
import { RUN_STATES } from "@/lib/core/apply/events";
import { route } from "@/lib/server/http";
import { parseInput } from "@/lib/server/input";
import { listRuns } from "@/lib/server/runs";

export const dynamic = "force-dynamic";

const filterSchema = z.object({
  clusterId: z.string().optional(),
  state: z.enum(RUN_STATES, `Use one of ${RUN_STATES.join(", ")}.`).optional(),
  actor: z.string().optional(),
  object: z.string().optional(),
  before: z.coerce.number("Use a run number.").int("Use a run number.").optional(),
  limit: z.coerce.number("Use a number from 1 to 500.").int().min(1).max(500).optional(),
});

export const GET = route(async (actor, request) => {
  const given = [...new URL(request.url).searchParams].filter(([, value]) => value !== "");
  const filter = parseInput(filterSchema, Object.fromEntries(given));
  if (!filter.ok) return filter;
  const { clusterId, state, actor: by, object, before, limit } = filter.value;
  return listRuns(actor, {
    ...(clusterId === undefined ? {} : { clusterId }),
    ...(state === undefined ? {} : { state }),
    ...(by === undefined ? {} : { actor: by }),
    ...(object === undefined ? {} : { object }),
    ...(before === undefined ? {} : { before }),
    ...(limit === undefined ? {} : { limit }),
  });
});
