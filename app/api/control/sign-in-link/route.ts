import { controlledLink } from "@/lib/server/control";
import { failureResponse } from "@/lib/server/http";

export const dynamic = "force-dynamic";

/**
 * A fresh one-time link for whoever can read `control.json` in the data directory: `npm run sign-in-link` on the server
 * itself. The secret of that file goes in the header `x-trunkline-control`.
 */
export async function POST(request: Request): Promise<Response> {
  const link = await controlledLink(request.headers.get("x-trunkline-control"));
  return link.ok ? Response.json({ url: link.value }) : failureResponse(link.error);
}
