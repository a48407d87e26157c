import { route } from "@/lib/server/http";
import { loadRecorded } from "@/lib/server/layouts";

export const dynamic = "force-dynamic";

export const GET = route((actor, _request, { layoutId = "" }) => loadRecorded(actor, layoutId));
