import type { Failure } from "../failure";
import type { IpamAddress } from "../ports";
import { CANCELLED, type Events, note, type RunContext } from "./context";

/**
 * Takes the plan's stale addresses out of the IPAM, so that their subnets can be removed. Unlike staging this takes
 * effect at once. Gives the failure that stopped it, or null.
 */
export async function* releaseAddresses(run: RunContext): Events<Failure | null> {
  const already = run.released.length;
  for (const [index, address] of run.plan.releases.entries()) {
    if (index < already) continue;
    if (run.cancelled()) return CANCELLED;
    yield { type: "release", index, state: "started" };
    const answer = await run.cluster.releaseAddress(address);
    const gone = answer.ok || (answer.error.unclear === true && (await isGone(run, address)));
    if (!gone) {
      yield { type: "release", index, state: "failed", ...(answer.ok ? {} : { failure: answer.error }) };
      return answer.ok ? CANCELLED : answer.error;
    }
    run.released.push(address);
    yield { type: "release", index, state: "done" };
  }
  return null;
}

/** Whether the IPAM no longer lists an address; false when it cannot be read. */
async function isGone(run: RunContext, { ip, subnet, vnet }: IpamAddress): Promise<boolean> {
  const now = await run.cluster.readSnapshot();
  if (!now.ok || now.value.ipam === null) return false;
  return !now.value.ipam.some((one) => one.ip === ip && one.subnet === subnet && one.vnet === vnet);
}

/** Puts released addresses back; tells those that could not be. */
export async function* reserveAgain(run: RunContext): Events<boolean> {
  let whole = true;
  for (const address of [...run.released].reverse()) {
    const back = await run.cluster.reserveAddress(address);
    if (back.ok || (back.error.unclear && !(await isGone(run, address)))) continue;
    whole = false;
    yield note(
      "warning",
      `Address ${address.ip} of ${address.vnet} could not be put back into the IPAM: ${back.error.message}`,
    );
  }
  return whole;
}
