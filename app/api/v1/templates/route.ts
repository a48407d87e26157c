import { route } from "@/lib/server/http";
import { listTemplates } from "@/lib/server/templates";

export const dynamic = "force-dynamic";

export const GET = route((actor) => listTemplates(actor));
