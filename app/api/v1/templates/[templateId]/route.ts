import { route } from "@/lib/server/http";
import { loadSavedTemplate } from "@/lib/server/templates";

export const dynamic = "force-dynamic";

export const GET = route((actor, _request, { templateId = "" }) => loadSavedTemplate(actor, templateId));
