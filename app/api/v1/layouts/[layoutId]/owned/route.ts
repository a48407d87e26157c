import { route } from "@/lib/server/http";
import { listOwned } from "@/lib/server/let-go";

export const dynamic = "force-dynamic";

export const GET = route((actor, _request, { layoutId = "" }) => listOwned(actor, { layoutId }));
