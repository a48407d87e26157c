import { route } from "@/lib/server/http";
import { loadSnapshot } from "@/lib/server/snapshots";

export const dynamic = "force-dynamic";

export const GET = route((actor, _request, { snapshotId = "" }) => loadSnapshot(actor, { snapshotId }));
