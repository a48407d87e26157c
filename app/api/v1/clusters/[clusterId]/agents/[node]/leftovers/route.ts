import { route } from "@/lib/server/http";
import { readLeftovers } from "@/lib/server/leftovers";

export const dynamic = "force-dynamic";

export const GET = route((actor, _request, { clusterId = "", node = "" }) => readLeftovers(actor, { clusterId, node }));
