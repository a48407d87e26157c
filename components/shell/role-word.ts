import type { Role } from "@/lib/server/views";

export const ROLE_WORD: Readonly<Record<Role, string>> = { owner: "Owner", operator: "Operator", viewer: "Viewer" };
