import { readHostFiles } from "@/lib/server/host-files";
import { route } from "@/lib/server/http";

export const dynamic = "force-dynamic";

export const GET = route((actor, _request, { planId = "", node = "" }) => readHostFiles(actor, { planId, node }));
