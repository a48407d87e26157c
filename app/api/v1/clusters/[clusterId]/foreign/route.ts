import { route } from "@/lib/server/http";
import { listForeign } from "@/lib/server/imports";

export const dynamic = "force-dynamic";

export const GET = route((actor, _request, { clusterId = "" }) => listForeign(actor, { clusterId }));
