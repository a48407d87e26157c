import { route } from "@/lib/server/http";
import { loadRun } from "@/lib/server/runs";

export const dynamic = "force-dynamic";

export const GET = route((actor, _request, { runId = "" }) => loadRun(actor, runId));
