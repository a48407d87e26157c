import type { Failure } from "../failure";
import type { IpamAddress } from "../ports";
import { CANCELLED, type Events, note, type RunContext, readPatiently } from "./context";

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
    const listed = answer.ok || !answer.error.unclear ? null : await isListed(run, address);
    if (!answer.ok && listed !== false) {
      // Not even reading tells: putting it back later does no harm when it is still there.
      if (answer.error.unclear && listed === null) run.released.push(address);
      yield { type: "release", index, state: "failed", failure: answer.error };
      return answer.error;
    }
    run.released.push(address);
    yield { type: "release", index, state: "done" };
  }
  return null;
}

/** Whether the IPAM lists an address; null when it cannot be read. */
export async function isListed(run: RunContext, { ip, subnet, vnet }: IpamAddress): Promise<boolean | null> {
  const now = await readPatiently(run, () => run.cluster.readSnapshot());
  if (!now.ok || now.value.ipam === null) return null;
  return now.value.ipam.some((one) => one.ip === ip && one.subnet === subnet && one.vnet === vnet);
}

/** Puts released addresses back; tells those that could not be. False when one is missing or cannot be seen. */
export async function* reserveAgain(run: RunContext): Events<boolean> {
  let whole = true;
  for (const address of [...run.released].reverse()) {
    const back = await run.cluster.reserveAddress(address);
    if (back.ok || (await isListed(run, address))) continue;
    whole = false;
    yield note(
      "warning",
      `Address ${address.ip} of ${address.vnet} could not be put back into the IPAM. ${back.error.message}`,
    );
  }
  return whole;
}
