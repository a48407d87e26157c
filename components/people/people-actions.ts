import type { ServerAction } from "@/components/ui/use-action";

/** What an owner can do to accounts. */
export interface PeopleActions {
  /** `{name, email, role, password}` */
  readonly create: ServerAction<{ readonly id: string }>;
  /** `{id, role}` */
  readonly setRole: ServerAction<null>;
  /** `{id}` */
  readonly disable: ServerAction<null>;
  /** `{id}` */
  readonly enable: ServerAction<null>;
  /** `{id, password}` */
  readonly newPassword: ServerAction<null>;
}
