import type { Cluster } from "@/lib/simulator/cluster/cluster";
import { diedAt } from "@/lib/simulator/http/refusal";
import type { IpamDatabase } from "@/lib/simulator/sdn/ipam-database";
import { option } from "@/lib/simulator/sdn/section";

/**
 * The address book behind the ipam a zone names; nothing when it names none.
 * Every ipam of type `pve` shares one. Refuses (500) a name that no longer exists.
 */
export function addressBook(cluster: Cluster, ipam: string): IpamDatabase | undefined {
  if (ipam === "") return undefined;
  if (option(cluster.files.ipams.get(ipam), "type") === "")
    throw diedAt("cannot lookup undefined type!", "Network/SDN/Subnets", 194);
  return cluster.ipam;
}
