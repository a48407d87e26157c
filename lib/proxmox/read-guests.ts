import type { Failure } from "@/lib/core/failure";
import type { GuestNic, PrivilegeFact } from "@/lib/core/ports";
import { err, ok, type Result } from "@/lib/core/result";
import { mapBounded } from "./bounded";
import { toNics } from "./guest-nics";
import type { Http } from "./http";
import { read } from "./read";
import { guestConfigSchema, guestListSchema } from "./wire";

/**
 * The interfaces of every guest, or the reason why the list would not be whole. Half a list is worse than none: it
 * would show a network as unused. Guests a token may not see are simply not listed (PVE::API2::Cluster, resources), so
 * the right to see all of them (`privileges`, asked once for everything) comes first.
 */
export async function readGuests(
  http: Http,
  privileges: Promise<Result<readonly PrivilegeFact[], Failure>>,
): Promise<Result<readonly GuestNic[], string>> {
  const rights = await privileges;
  if (
    rights.ok &&
    !rights.value.some(({ path, privilege, granted }) => path === "/vms" && privilege === "VM.Audit" && granted)
  ) {
    return err("The token lacks VM.Audit on /vms, so guests may exist that it cannot see.");
  }
  const list = await read(http, "list the guests", "/cluster/resources", guestListSchema, { type: "vm" });
  if (!list.ok) return err(list.error.message);
  const configs = await mapBounded(list.value, async (guest) => {
    const path = `/nodes/${encodeURIComponent(guest.node)}/${guest.type}/${guest.vmid}/config`;
    return {
      guest,
      config: await read(http, `read the configuration of guest ${guest.vmid}`, path, guestConfigSchema),
    };
  });
  const nics: GuestNic[] = [];
  const failures: string[] = [];
  for (const { guest, config } of configs) {
    if (config.ok) nics.push(...toNics(guest, config.value));
    else failures.push(config.error.message);
  }
  if (failures.length > 0) return err(`${failures.length} of ${configs.length} guests cannot be read. ${failures[0]}`);
  return ok(nics);
}
