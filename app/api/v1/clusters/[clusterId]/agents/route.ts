import { listAgents } from "@/lib/server/agents";
import { route } from "@/lib/server/http";

export const dynamic = "force-dynamic";

export const GET = route((actor, _request, { clusterId = "" }) => listAgents(actor, { clusterId }));
