import { readReadiness } from "@/lib/server/readiness";

export const dynamic = "force-dynamic";

/** Whether the server can do its work: 200 when the database answers, else 503. */
export async function GET(): Promise<Response> {
  const ready = await readReadiness();
  return Response.json(
    { status: ready ? "ready" : "database does not answer" },
    {
      status: ready ? 200 : 503,
      headers: { "cache-control": "no-store" },
    },
  );
}
