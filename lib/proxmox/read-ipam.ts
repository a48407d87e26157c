import type { Failure } from "@/lib/core/failure";
import type { IpamAddress } from "@/lib/core/ports";
import { ok, type Result } from "@/lib/core/result";
import type { Http } from "./http";
import { read } from "./read";
import { ipamStatusSchema } from "./wire";

/**
 * Addresses the built-in IPAM holds, sorted. It lists only zones with `ipam=pve` and DHCP, and goes by the running
 * configuration (PVE::API2::Network::SDN::Ipams, ipamstatus); elsewhere addresses exist that nobody can list.
 */
export async function readIpam(http: Http): Promise<Result<readonly IpamAddress[], Failure>> {
  const status = await read(http, "list the addresses of the IPAM", "/cluster/sdn/ipams/pve/status", ipamStatusSchema);
  if (!status.ok) return status;
  const addresses = status.value.map(
    (row): IpamAddress => ({
      zone: row.zone,
      vnet: row.vnet,
      subnet: row.subnet,
      ip: row.ip,
      mac: row.mac ?? null,
      vmid: row.vmid ?? null,
      hostname: row.hostname ?? null,
      gateway: row.gateway,
    }),
  );
  const place = ({ zone, vnet, subnet, ip }: IpamAddress) => `${zone}|${vnet}|${subnet}|${ip}`;
  return ok(addresses.sort((a, b) => (place(a) < place(b) ? -1 : 1)));
}
