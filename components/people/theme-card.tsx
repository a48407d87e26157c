"use client";

import { ToggleGroup } from "radix-ui";
import { THEME_WORD, THEMES } from "@/components/shell/theme";
import { useTheme } from "@/components/shell/theme-choice";
import { SectionCard } from "@/components/ui/card";

/** The theme, kept in this browser. */
export function ThemeCard() {
  const { theme, choose } = useTheme();
  return (
    <SectionCard title="Theme" description="Kept in this browser.">
      <ToggleGroup.Root
        type="single"
        aria-label="Theme"
        value={theme}
        onValueChange={(next) => {
          const chosen = THEMES.find((each) => each === next);
          if (chosen) choose(chosen);
        }}
        className="inline-flex gap-0.5 rounded-sm border border-hairline bg-sunken p-0.5"
      >
        {THEMES.map((each) => (
          <ToggleGroup.Item
            key={each}
            value={each}
            className="h-7 rounded-xs px-3 font-medium text-sm text-text-2 hover:text-text data-[state=on]:bg-raised data-[state=on]:text-text pointer-coarse:min-h-11"
          >
            {THEME_WORD[each]}
          </ToggleGroup.Item>
        ))}
      </ToggleGroup.Root>
    </SectionCard>
  );
}
