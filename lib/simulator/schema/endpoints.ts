import clusterFirewall from "@/lib/simulator/schema/cluster-firewall.json" with { type: "json" };
import fabrics from "@/lib/simulator/schema/fabrics.json" with { type: "json" };
import guests from "@/lib/simulator/schema/guests.json" with { type: "json" };
import nodes from "@/lib/simulator/schema/nodes.json" with { type: "json" };
import { type Endpoint, readEndpoints } from "@/lib/simulator/schema/property";
import services from "@/lib/simulator/schema/services.json" with { type: "json" };
import vnetFirewall from "@/lib/simulator/schema/vnet-firewall.json" with { type: "json" };
import vnets from "@/lib/simulator/schema/vnets.json" with { type: "json" };
import zones from "@/lib/simulator/schema/zones.json" with { type: "json" };

/** Every endpoint the simulator knows the parameters of. */
export const endpoints: readonly Endpoint[] = [
  ...[zones, vnets, vnetFirewall, services, fabrics, nodes, guests, clusterFirewall],
].flatMap((list) => readEndpoints(list));
