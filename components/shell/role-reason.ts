import type { Role } from "@/lib/server/views";

const RANK: Readonly<Record<Role, number>> = { viewer: 0, operator: 1, owner: 2 };
const PLURAL: Readonly<Record<Role, string>> = { viewer: "Viewers", operator: "Operators", owner: "Owners" };

/** Why a role may not do something, for the control that would do it; null when it may. `doing`: "change layouts". */
export function roleReason(role: Role, needed: Role, doing: string): string | null {
  return RANK[role] >= RANK[needed] ? null : `${PLURAL[role]} cannot ${doing}`;
}
