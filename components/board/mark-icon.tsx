import { CircleAlert, TriangleAlert } from "lucide-react";
import { plural } from "@/lib/core/plural";
import type { Mark } from "./marks";

/** Error or warning: another shape, not only another colour. */
export function MarkIcon({ mark, size = 14 }: { readonly mark: Mark; readonly size?: number }) {
  const words = plural(mark.count, "problem");
  return mark.severity === "error" ? (
    <CircleAlert aria-label={`Error, ${words}`} size={size} className="shrink-0 text-destroy" />
  ) : (
    <TriangleAlert aria-label={`Warning, ${words}`} size={size} className="shrink-0 text-change" />
  );
}
