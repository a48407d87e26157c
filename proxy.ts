import { getSessionCookie } from "better-auth/cookies";
import { type NextRequest, NextResponse } from "next/server";

/**
 * The first gate: a page without a session cookie goes to sign-in. Whether the cookie is good is decided behind it, by
 * every page and every use case, since this runs apart from them and without the database.
 */
export function proxy(request: NextRequest): NextResponse {
  if (getSessionCookie(request, { cookiePrefix: "trunkline" })) return NextResponse.next();
  const target = new URL("/sign-in", request.nextUrl);
  const { pathname, search } = request.nextUrl;
  if (pathname !== "/") target.searchParams.set("next", `${pathname}${search}`);
  return NextResponse.redirect(target);
}

export const config = {
  // Everything except sign-in, setup, the HTTP interface (which answers 401 itself) and static files.
  matcher: ["/((?!api/|_next/|sign-in|setup|icon\\.svg|favicon\\.ico|fonts/|images/).*)"],
};
