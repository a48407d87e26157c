import { agentCheck } from "./checks/agents";
import { bridgeCheck, hostVlanCheck, nodeNetworkCheck } from "./checks/bridges";
import type { CheckInput } from "./checks/check";
import { localChangesCheck, lockCheck, nodesCheck, privilegeCheck, quorumCheck } from "./checks/cluster";
import { firewallCheck } from "./checks/firewall";
import { guestCheck } from "./checks/guests";
import { ipamCheck } from "./checks/ipam";
import { secondTagCheck, tunnelCheck } from "./checks/mtu";
import { foreignNetworkCheck, sharedVlanCheck, sharedVniCheck } from "./checks/neighbours";
import { layoutCheck, pendingCheck } from "./checks/pending";
import { evpnCheck, packageCheck } from "./checks/services";
import type { Check } from "./plan";

/**
 * All pre-flight checks, always in the same order. What could not be read is `unknown`, never passed; what a plan has
 * nothing to do with is left out.
 */
export function runChecks(input: CheckInput): Check[] {
  return [
    layoutCheck(input),
    pendingCheck(input),
    quorumCheck(input),
    nodesCheck(input),
    bridgeCheck(input),
    ...hostVlanCheck(input),
    ...nodeNetworkCheck(input),
    ...sharedVlanCheck(input),
    ...sharedVniCheck(input),
    ...foreignNetworkCheck(input),
    ...packageCheck(input),
    ...evpnCheck(input),
    ...tunnelCheck(input),
    ...secondTagCheck(input),
    ...agentCheck(input),
    ...firewallCheck(input),
    guestCheck(input),
    ipamCheck(input),
    localChangesCheck(input),
    privilegeCheck(input),
    ...lockCheck(input),
  ];
}
