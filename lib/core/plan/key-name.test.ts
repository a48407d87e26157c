import { expect, it } from "vitest";
import { hostServiceKey, subnetKey, vnetKey, zoneKey } from "./entity";
import { keyName } from "./key-name";

it.each([
  [zoneKey("hybzone"), "Zone hybzone"],
  [vnetKey("vnetmgmt"), "VNet vnetmgmt"],
  [subnetKey("vnetmgmt", "10.10.0.0/24"), "Subnet 10.10.0.0/24 of vnetmgmt"],
  [hostServiceKey("vnetmgmt", "10.10.0.0/24"), "Host services of 10.10.0.0/24 in vnetmgmt"],
  ["exceptions/0", "exceptions/0"],
])("%s is called %s", (key, name) => expect(keyName(key)).toBe(name));
