import os from "node:os";
import type { Cluster } from "@/lib/core/ports";
import { ok } from "@/lib/core/result";
import { type Connection, proxmoxOverHttp } from "../proxmox";

/** What an agent that runs here says its node is called. */
export const THIS_MACHINE = os.hostname().split(".")[0] ?? "";

function connect(connection: Connection): Cluster {
  const cluster = proxmoxOverHttp.connect(connection);
  return {
    ...cluster,
    readFacts: async (options) => {
      const facts = await cluster.readFacts(options);
      if (!facts.ok) return facts;
      const [first, ...others] = facts.value.nodes;
      return ok({ ...facts.value, nodes: first ? [{ ...first, name: THIS_MACHINE }, ...others] : [] });
    },
  };
}

/** A simulated cluster with its first node named like this machine. */
export const withThisMachine = { ...proxmoxOverHttp, connect };
