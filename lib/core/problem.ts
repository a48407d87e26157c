import type { EntityKey } from "./plan/entity";

export type Severity = "error" | "warning" | "info";

/**
 * A mechanical repair, done by `applyFix` in layout/apply-fix.ts. `label` is the button's text.
 * - `set`: set `field` of the object `key` to `value`; undefined removes the field. `id` and `cidr` rename, and a dotted
 *   field reaches into an object (`dhcp.lease`). An `exceptions/0` key with no value removes that entry.
 * - `move-to-host-services`: take SNAT and DHCP off a subnet and declare them as a service of a node.
 */
export type Fix =
  | {
      readonly kind: "set";
      readonly label: string;
      readonly key: EntityKey;
      readonly field: string;
      readonly value?: unknown;
    }
  | { readonly kind: "move-to-host-services"; readonly label: string; readonly key: EntityKey };

/**
 * Something wrong with a layout, as data. `at` names the objects concerned, the first one is where the person should
 * look; `field` is the property of that first object, in Proxmox's spelling. An error blocks planning, a warning does not.
 */
export interface Problem {
  readonly code: string;
  readonly severity: Severity;
  readonly at: readonly EntityKey[];
  readonly field?: string;
  /** One or two sentences with the reason and what to do. */
  readonly message: string;
  readonly fix?: Fix;
  /** For `changed-since`: the property before and after the run that is to be reverted, and now. */
  readonly values?: { readonly before: string; readonly after: string; readonly now: string };
}
