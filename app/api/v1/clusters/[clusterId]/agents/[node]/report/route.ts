import { enterReport } from "@/lib/server/agent-report";
import { readText, route } from "@/lib/server/http";

export const dynamic = "force-dynamic";

/** Takes what `trunkline-host status` printed, as it is. */
export const PUT = route(async (actor, request, { clusterId = "", node = "" }) => {
  const text = await readText(request);
  return text.ok ? enterReport(actor, { clusterId, node, text: text.value }) : text;
});
