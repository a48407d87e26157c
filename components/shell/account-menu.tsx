"use client";

import { LogOut, UserRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { Menu, MenuChoice, MenuItem, MenuLabel, MenuSeparator } from "@/components/ui/menu";
import type { Actor } from "@/lib/server/views";
import { ROLE_WORD } from "./role-word";
import { THEME_WORD, THEMES } from "./theme";
import { useTheme } from "./theme-choice";

interface AccountMenuProps {
  readonly actor: Actor;
  readonly signOut: () => Promise<void>;
}

/** Who is signed in, with theme and the way out. */
export function AccountMenu({ actor, signOut }: AccountMenuProps) {
  const router = useRouter();
  const { theme, choose } = useTheme();
  return (
    <Menu
      side="top"
      align="start"
      trigger={
        <button
          type="button"
          aria-label={`Account of ${actor.name}`}
          className="flex h-11 w-full items-center justify-center gap-2.5 rounded-sm text-left hover:bg-hover xl:justify-start xl:px-2"
        >
          <span
            aria-hidden
            className="flex size-7 shrink-0 items-center justify-center rounded-full bg-accent-soft font-semibold text-accent text-xs"
          >
            {initials(actor.name)}
          </span>
          <span className="hidden min-w-0 xl:block">
            <span className="block truncate font-medium text-sm leading-4">{actor.name}</span>
            <span className="block text-text-3 text-xs">{ROLE_WORD[actor.role]}</span>
          </span>
        </button>
      }
    >
      <MenuLabel>{actor.email}</MenuLabel>
      <MenuItem icon={<UserRound aria-hidden size={14} />} onSelect={() => router.push("/account")}>
        Account
      </MenuItem>
      <MenuSeparator />
      <MenuLabel>Theme</MenuLabel>
      <MenuChoice
        label="Theme"
        value={theme}
        onChange={choose}
        options={THEMES.map((value) => ({ value, label: THEME_WORD[value] }))}
      />
      <MenuSeparator />
      <MenuItem icon={<LogOut aria-hidden size={14} />} onSelect={() => void signOut()}>
        Sign out
      </MenuItem>
    </Menu>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => [...(word ?? "")][0] ?? "");
  return letters.join("").toUpperCase();
}
