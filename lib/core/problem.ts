import type { EntityKey } from "./plan/entity";

export type Severity = "error" | "warning" | "info";

/** A mechanical repair: set `field` of `key` to `value` (undefined removes the field). `label` is the button's text. */
export interface Fix {
  readonly label: string;
  readonly key: EntityKey;
  readonly field: string;
  readonly value: unknown;
}

/**
 * Something wrong with a layout, as data. `at` names the objects concerned, the first one is where the person should
 * look; `field` is the property of that first object, in Proxmox's spelling. An error blocks planning, a warning does not.
 */
export interface Problem {
  readonly code: string;
  readonly severity: Severity;
  readonly at: readonly EntityKey[];
  readonly field?: string;
  /** One sentence with the reason and what to do. */
  readonly message: string;
  readonly fix?: Fix;
}
