import { redirect } from "next/navigation";
import { listRuns } from "@/lib/server/runs";
import { requireActor } from "@/lib/server/session";

/** Somebody with no run yet is best served by a template; everybody else by their layouts. */
export default async function Home() {
  const runs = await listRuns(await requireActor(), { limit: 1 });
  redirect(runs.ok && runs.value.runs.length === 0 ? "/templates" : "/layouts");
}
