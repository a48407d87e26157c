import type { TokenAccount } from "@/lib/simulator/access/accounts";
import { roles } from "@/lib/simulator/access/privileges";

/** The token with full rights in the demo scenes. It opens nothing but a simulation. */
export const demoToken: TokenAccount = {
  id: "trunkline@pve!demo",
  secret: "7e3a1c52-90d4-4b7e-8c61-5f2d9b04a7e1",
  grants: [{ path: "/", privileges: roles.Administrator }],
};

/** The read-only token in the demo scenes. */
export const auditorToken: TokenAccount = {
  id: "auditor@pve!demo",
  secret: "b15d6f08-3c2e-4a99-9e74-c08a61d2f3b7",
  grants: [{ path: "/", privileges: roles.PVEAuditor }],
};

/** The `Authorization` value for a token. */
export function authorization(token: TokenAccount): string {
  return `PVEAPIToken=${token.id}=${token.secret}`;
}
