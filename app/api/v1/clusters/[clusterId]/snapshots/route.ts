import { route } from "@/lib/server/http";
import { listSnapshots } from "@/lib/server/snapshots";

export const dynamic = "force-dynamic";

export const GET = route((actor, _request, { clusterId = "" }) => listSnapshots(actor, { clusterId }));
