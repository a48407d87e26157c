/** Whether the process answers at all; asks nothing else, so that a slow database does not get the server restarted. */
export function GET(): Response {
  return Response.json({ status: "ok" }, { headers: { "cache-control": "no-store" } });
}

export const dynamic = "force-dynamic";
