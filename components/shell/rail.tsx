"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { tip } from "@/components/ui/tip";
import type { Actor } from "@/lib/server/views";
import { AccountMenu } from "./account-menu";
import { isInside, navItems } from "./nav-items";
import { Mark } from "./wordmark";

interface RailProps {
  readonly actor: Actor;
  readonly signOut: () => Promise<void>;
}

/** The way around, at the left: words where there is room, icons with names where there is not. */
export function Rail({ actor, signOut }: RailProps) {
  const path = usePathname();
  return (
    <div className="hidden w-14 shrink-0 border-hairline border-r bg-surface min-[700px]:block xl:w-rail">
      <div className="sticky top-0 flex h-dvh flex-col px-2 py-3 xl:px-3">
        <Link
          href="/layouts"
          aria-label="Trunkline, layouts"
          className="mb-4 flex h-9 items-center justify-center gap-2.5 rounded-sm xl:justify-start xl:px-2"
        >
          <Mark />
          <span className="hidden font-semibold text-base tracking-tight xl:inline">Trunkline</span>
        </Link>
        <nav aria-label="Main" className="flex-1">
          <ul className="flex flex-col gap-0.5">
            {navItems(actor.role).map((item) => {
              const here = isInside(item, path);
              const Icon = item.icon;
              return (
                <li key={item.href}>
                  <Link
                    {...tip(item.label, { side: "right", quiet: true, narrow: true })}
                    href={item.href}
                    aria-current={here ? "page" : undefined}
                    className={`flex h-9 items-center justify-center gap-2.5 rounded-sm text-sm transition-colors duration-100 xl:h-8 xl:justify-start xl:px-2 ${here ? "bg-hover font-medium text-text" : "text-text-2 hover:bg-hover hover:text-text"}`}
                  >
                    <Icon
                      aria-hidden
                      size={16}
                      strokeWidth={here ? 2.25 : 1.75}
                      className={here ? "text-accent" : ""}
                    />
                    <span className="sr-only xl:not-sr-only">{item.label}</span>
                  </Link>
                </li>
              );
            })}
          </ul>
        </nav>
        <AccountMenu actor={actor} signOut={signOut} />
      </div>
    </div>
  );
}
