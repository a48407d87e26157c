import { died } from "@/lib/simulator/http/refusal";
import { optionalText, type Parameters } from "@/lib/simulator/schema/parameters";
import type { SectionFile } from "@/lib/simulator/sdn/section-file";

/** Refuses (500) a `digest` that no longer fits the file. One that was not sent, or is empty, always fits. */
export function demandDigest(file: SectionFile, parameters: Parameters): void {
  const sent = optionalText(parameters, "digest");
  if (sent !== undefined && sent !== "" && sent !== file.digest())
    throw died("detected modified configuration - file changed by other user? Try again.");
}
