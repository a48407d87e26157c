import { loadInstallScript } from "@/lib/server/agent-setup";
import { route } from "@/lib/server/http";

export const dynamic = "force-dynamic";

export const GET = route((actor, request, { clusterId = "", node = "" }) =>
  loadInstallScript(actor, { clusterId, node, from: new URL(request.url).searchParams.getAll("from") }),
);
