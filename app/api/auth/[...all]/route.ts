import { auth } from "@/lib/server/auth";

export const dynamic = "force-dynamic";

/** The only endpoints of better-auth that the app uses; accounts are changed through the use cases alone. */
const OPEN = new Set(["POST /api/auth/sign-in/email", "POST /api/auth/sign-out", "GET /api/auth/get-session"]);

async function handle(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (!OPEN.has(`${request.method} ${pathname}`)) return new Response(null, { status: 404 });
  return (await auth()).handler(request);
}

export const GET = handle;
export const POST = handle;
