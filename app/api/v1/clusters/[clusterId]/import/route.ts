import { route } from "@/lib/server/http";
import { previewImport } from "@/lib/server/imports";

export const dynamic = "force-dynamic";

export const GET = route((actor, _request, { clusterId = "" }) => previewImport(actor, { clusterId }));
