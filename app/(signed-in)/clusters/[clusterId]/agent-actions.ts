"use server";

import * as z from "zod";
import { defineAction } from "@/lib/server/action";
import { makeBundle } from "@/lib/server/agent-bundle";
import { setRepairInterval } from "@/lib/server/agent-interval";
import { forgetAgent, removeAgent } from "@/lib/server/agent-removal";
import { repairAgent } from "@/lib/server/agent-repair";
import { enterReport as enter } from "@/lib/server/agent-report";
import { addAgent, installAgent, probeHostKey, renewAgentKey, repinAgent } from "@/lib/server/agent-setup";
import { checkAgent } from "@/lib/server/agents";
import { removeLeftovers as removeSeed } from "@/lib/server/leftovers";

const place = z.object({ clusterId: z.string(), node: z.string() });
const address = { host: z.string(), port: z.union([z.string(), z.number()]) };
const confirmed = place.extend({ confirm: z.string() });

export const probe = defineAction(z.object(address), (input, actor) => probeHostKey(actor, input));

export const add = defineAction(
  z.discriminatedUnion("mode", [
    place.extend({ mode: z.literal("ssh"), ...address, hostKey: z.string() }),
    place.extend({ mode: z.literal("bundle") }),
  ]),
  (input, actor) => addAgent(actor, input),
);

export const install = defineAction(
  place.extend({
    from: z.array(z.string()).optional(),
    user: z.string(),
    signIn: z.union([
      z.object({ password: z.string() }),
      z.object({ privateKey: z.string(), passphrase: z.string().optional() }),
    ]),
  }),
  (input, actor) => installAgent(actor, input),
);

export const check = defineAction(place, (input, actor) => checkAgent(actor, input));
export const repair = defineAction(place, (input, actor) => repairAgent(actor, input));
export const bundle = defineAction(place, (input, actor) => makeBundle(actor, input));
export const enterReport = defineAction(place.extend({ text: z.string() }), (input, actor) => enter(actor, input));
export const renewKey = defineAction(place, (input, actor) => renewAgentKey(actor, input));
export const changeInterval = defineAction(
  place.extend({ seconds: z.union([z.string(), z.number()]) }),
  (input, actor) => setRepairInterval(actor, input),
);
export const remove = defineAction(confirmed, (input, actor) => removeAgent(actor, input));
export const forget = defineAction(confirmed, (input, actor) => forgetAgent(actor, input));

export const repin = defineAction(confirmed.extend({ ...address, hostKey: z.string() }), (input, actor) =>
  repinAgent(actor, input),
);

export const removeLeftovers = defineAction(
  confirmed.extend({ ids: z.array(z.string()).max(5_000, "Choose fewer at once.") }),
  (input, actor) => removeSeed(actor, input),
);
