import type { Caller } from "@/lib/simulator/access/accounts";
import type { Cluster } from "@/lib/simulator/cluster/cluster";
import type { Parameters } from "@/lib/simulator/schema/parameters";

/** What an endpoint works with. */
export interface Context {
  readonly cluster: Cluster;
  readonly caller: Caller;
  readonly parameters: Parameters;
}

/** A list whose answer also carries a total. */
export class Counted {
  readonly data: readonly unknown[];
  readonly total: number;

  constructor(data: readonly unknown[], total: number) {
    this.data = data;
    this.total = total;
  }
}

/** A list whose answer also carries the diff of a node's own waiting network edits. */
export class WithChanges {
  readonly data: readonly unknown[];
  readonly changes: string;

  constructor(data: readonly unknown[], changes: string) {
    this.data = data;
    this.changes = changes;
  }
}

/** Answers one endpoint: returns what stands under `data`, or throws a refusal. */
export type EndpointHandler = (context: Context) => unknown;

/** Handlers by `METHOD /path/{name}`. */
export type Handlers = Readonly<Record<string, EndpointHandler>>;
