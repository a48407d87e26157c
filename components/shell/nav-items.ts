import {
  CircleHelp,
  GitCompareArrows,
  History,
  LayoutTemplate,
  type LucideIcon,
  Rows3,
  Server,
  Users,
} from "lucide-react";
import type { Role } from "@/lib/server/views";

export interface NavItem {
  readonly href: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** Other addresses that belong to this part. */
  readonly also?: readonly string[];
}

const EVERYBODY: readonly NavItem[] = [
  { href: "/layouts", label: "Layouts", icon: Rows3, also: ["/plans"] },
  { href: "/templates", label: "Templates", icon: LayoutTemplate },
  { href: "/runs", label: "History", icon: History },
  { href: "/drift", label: "Drift", icon: GitCompareArrows },
  { href: "/clusters", label: "Clusters", icon: Server },
];

const HELP: NavItem = { href: "/help", label: "Help", icon: CircleHelp };
const PEOPLE: NavItem = { href: "/people", label: "People", icon: Users };

/** The parts of the app a role can go to. */
export function navItems(role: Role): readonly NavItem[] {
  return role === "owner" ? [...EVERYBODY, PEOPLE, HELP] : [...EVERYBODY, HELP];
}

/** Whether an address belongs to this part. */
export function isInside(item: NavItem, path: string): boolean {
  return [item.href, ...(item.also ?? [])].some((start) => path === start || path.startsWith(`${start}/`));
}
