import type { ServerAction } from "@/components/ui/use-action";

/** What can be done to layouts from their list. */
export interface LayoutActions {
  /** `{name, clusterId}` */
  readonly create: ServerAction<{ readonly id: string }>;
  /** `{id, name}` */
  readonly duplicate: ServerAction<{ readonly id: string }>;
  /** `{id, name}` */
  readonly rename: ServerAction<null>;
  /** `{id}` */
  readonly remove: ServerAction<null>;
  /** `{layoutId, title}` */
  readonly saveAsTemplate: ServerAction<{ readonly id: string }>;
}
