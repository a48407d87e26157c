import type { Failure } from "@/lib/core/failure";
import type { HostReport } from "@/lib/core/hosts/host-report";
import type { NodeState } from "@/lib/core/hosts/node-state";
import type { Hosts } from "@/lib/core/ports";
import { err, ok, type Result } from "@/lib/core/result";

export type HostFault = "unheard" | "unanswered" | "refused" | "broken";

interface Agent {
  state: NodeState | null;
  /** It took the state and could not make it true. */
  broken: boolean;
}

/**
 * Agents by the rules of docs/reference/host-agent.md: owner, revisions that only grow, VNets that have to be there. One
 * call can be made to go wrong.
 */
export class FakeHosts implements Hosts {
  readonly #agents = new Map<string, Agent>();
  readonly #vnetsOf: () => Promise<ReadonlySet<string>>;
  #fault: { readonly nth: number; readonly how: HostFault } | null = null;
  #calls = 0;
  /** Whether the call that was to go wrong has come. */
  get struck(): boolean {
    return this.#fault !== null && this.#calls >= this.#fault.nth;
  }
  /** Every call that changed something, oldest first: "put pve1 3 mgmt". */
  readonly puts: string[] = [];

  constructor(nodes: readonly string[], vnetsOf: () => Promise<ReadonlySet<string>>) {
    for (const node of nodes) this.#agents.set(node, { state: null, broken: false });
    this.#vnetsOf = vnetsOf;
  }

  breakCall(nth: number, how: HostFault): void {
    this.#calls = 0;
    this.#fault = { nth, how };
  }

  stateOf = (node: string): NodeState | null => this.#agents.get(node)?.state ?? null;

  async #ask(
    node: string,
    write: boolean,
    work: (agent: Agent) => Failure | null,
  ): Promise<Result<HostReport, Failure>> {
    this.#calls += 1;
    const fault = this.#calls === this.#fault?.nth ? this.#fault.how : null;
    const agent = this.#agents.get(node);
    if (!agent) return err(failure("unsupported", `no agent on ${node}`));
    if (fault === "unheard")
      return err({ ...failure("unreachable", `${node} is not heard`), retry: true, unclear: write });
    if (fault === "refused") return err(failure("refused", `${node} refuses`));
    const refused = work(agent);
    if (write) agent.broken = fault === "broken";
    if (fault === "unanswered") return err({ ...failure("timeout", `${node} is silent`), retry: true, unclear: write });
    return refused ? err(refused) : ok(await this.#report(node, agent));
  }

  async #report(node: string, { state, broken }: Agent): Promise<HostReport> {
    const there = await this.#vnetsOf();
    const missing = (state?.vnets ?? []).filter(({ vnet }) => !there.has(vnet));
    return {
      schema: 1,
      agent: "1.0.0",
      node,
      owner: state?.owner ?? null,
      revision: state?.revision ?? null,
      changes: broken ? [{ what: "address", object: node, action: "add", detail: "" }] : [],
      pending: missing.map(({ vnet }) => ({ object: vnet, reason: "the VNet is not there yet" })),
      leases: [],
      repairs: [],
      error: null,
    };
  }

  put = (node: string, state: NodeState) =>
    this.#ask(node, true, (agent) => {
      const { state: old } = agent;
      if (old && old.owner !== state.owner) return failure("refused", "another owner");
      if (old && state.revision < old.revision) return failure("stale", "an older revision");
      const other = JSON.stringify(old) !== JSON.stringify(state);
      if (old && state.revision === old.revision && other) return failure("stale", "one revision with two contents");
      agent.state = state;
      this.puts.push(`${node} ${state.vnets.map(({ vnet }) => vnet).join(",")}`);
      return null;
    });
  plan = (node: string) => this.#ask(node, false, () => null);
  status = this.plan;
  version = this.plan;
  apply = this.plan;
  remove = (): never => {
    throw new Error("no run removes an agent's state");
  };
  scanSeed = this.remove;
  removeSeed = this.remove;
}

const failure = (kind: Failure["kind"], message: string): Failure => ({ kind, retry: false, message: `${message}.` });
