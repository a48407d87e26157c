import type { SelectOption } from "@/components/ui/select";
import type { Role } from "@/lib/server/views";

/** The roles with what each may do, the weakest first. */
export const ROLE_OPTIONS: readonly SelectOption<Role>[] = [
  { value: "viewer", label: "Viewer", note: "Sees everything, changes nothing" },
  { value: "operator", label: "Operator", note: "Also changes layouts, plans and applies" },
  { value: "owner", label: "Owner", note: "Also manages clusters, people and API tokens" },
];
