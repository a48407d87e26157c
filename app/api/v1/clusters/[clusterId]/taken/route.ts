import { readTaken } from "@/lib/server/clusters";
import { route } from "@/lib/server/http";

export const dynamic = "force-dynamic";

export const GET = route((actor, _request, { clusterId = "" }) => readTaken(actor, clusterId));
