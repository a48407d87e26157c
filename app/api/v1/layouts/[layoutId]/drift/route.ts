import { readDrift } from "@/lib/server/drift";
import { route } from "@/lib/server/http";

export const dynamic = "force-dynamic";

export const GET = route((actor, _request, { layoutId = "" }) => readDrift(actor, { layoutId }));
