import { route } from "@/lib/server/http";
import { deleteTemplate, loadSavedTemplate } from "@/lib/server/templates";

export const dynamic = "force-dynamic";

export const GET = route((actor, _request, { templateId = "" }) => loadSavedTemplate(actor, templateId));

export const DELETE = route((actor, _request, { templateId = "" }) => deleteTemplate(actor, { id: templateId }));
