import { makeBundle } from "@/lib/server/agent-bundle";
import { route } from "@/lib/server/http";

export const dynamic = "force-dynamic";

/** The script of a node that is not reached from here; a new revision when what it shall serve has changed. */
export const POST = route((actor, _request, { clusterId = "", node = "" }) => makeBundle(actor, { clusterId, node }));
