import type { Layout } from "../layout/model";
import type { ClusterFacts, LiveConfig, PendingChange } from "../ports";
import { FACTS, layoutOf, vnet } from "../validate/sample-layouts";
import { toEntities } from "./entity";
import type { KnownHosts } from "./host-targets";
import { makePlan } from "./make-plan";
import type { Check, PendingChoice, Plan } from "./plan";

/** Plans over the sample cluster for the tests of the checks. Only tests import this file. */

/** A cluster in which a layout is applied. */
export const liveOf = (layout: Layout, pending: readonly PendingChange[] = []): LiveConfig => {
  const entities = toEntities(layout);
  return { entities, running: entities, pending, others: [] };
};
export const NOTHING = liveOf({ ...layoutOf({ zones: [] }) });
export const WITH_VNET = layoutOf({ vnets: [vnet()] });

interface Given {
  readonly layout?: Layout;
  readonly config?: LiveConfig;
  readonly facts?: Partial<ClusterFacts>;
  readonly pending?: PendingChoice;
  readonly release?: boolean;
  readonly hosts?: KnownHosts;
  /** Keys in the cluster that belong to others; the layout owns the rest. */
  readonly foreign?: readonly string[];
}

export function planOf({ layout = WITH_VNET, config = NOTHING, facts = {}, foreign = [], ...more }: Given): Plan {
  const owned = new Set(config.entities.map(({ key }) => key).filter((key) => !foreign.includes(key)));
  return makePlan({ layout, config, facts: { ...FACTS, ...facts }, owned, fingerprint: (text) => text, ...more });
}

export const checkOf = (id: string, given: Given): Check | undefined =>
  planOf(given).checks.find((check) => check.id === id);

/** The status of one check; undefined where it does not apply. */
export const statusOf = (id: string, given: Given): Check["status"] | undefined => checkOf(id, given)?.status;
