"use client";

import { Menu as MenuIcon } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter } from "next/navigation";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import type { Actor } from "@/lib/server/views";
import { isInside, navItems } from "./nav-items";
import { Mark } from "./wordmark";

interface TopBarProps {
  readonly actor: Actor;
  readonly signOut: () => Promise<void>;
}

/** The way around on a narrow screen: where we are, and a menu with everything else. */
export function TopBar({ actor, signOut }: TopBarProps) {
  const path = usePathname();
  const router = useRouter();
  const items = navItems(actor.role);
  const here = items.find((item) => isInside(item, path))?.label ?? "Account";
  return (
    <div className="sticky top-0 z-30 flex h-12 items-center gap-3 border-hairline border-b bg-surface px-4 min-[700px]:hidden">
      <Link
        href="/layouts"
        aria-label="Trunkline, layouts"
        className="flex size-8 items-center justify-center rounded-sm"
      >
        <Mark />
      </Link>
      <span className="flex-1 font-medium text-base">{here}</span>
      <nav aria-label="Main">
        <Menu trigger={<IconButton label="Menu" icon={<MenuIcon aria-hidden size={18} />} />}>
          {items.map((item) => {
            const Icon = item.icon;
            return (
              <MenuItem key={item.href} icon={<Icon aria-hidden size={16} />} onSelect={() => router.push(item.href)}>
                {item.label}
              </MenuItem>
            );
          })}
          <MenuSeparator />
          <MenuItem onSelect={() => router.push("/account")}>Account and theme</MenuItem>
          <MenuItem onSelect={() => void signOut()}>Sign out</MenuItem>
        </Menu>
      </nav>
    </div>
  );
}
