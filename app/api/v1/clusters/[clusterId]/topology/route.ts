import { route } from "@/lib/server/http";
import { readTopology } from "@/lib/server/topology";

export const dynamic = "force-dynamic";

export const GET = route((actor, _request, { clusterId = "" }) => readTopology(actor, { clusterId }));
