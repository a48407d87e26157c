import { route } from "@/lib/server/http";
import { listLayouts } from "@/lib/server/layouts";

export const dynamic = "force-dynamic";

export const GET = route((actor) => listLayouts(actor));
