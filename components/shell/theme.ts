export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** Name of the cookie the server reads, so that the first paint already has the right colours. */
export const THEME_COOKIE = "trunkline-theme";

export const THEME_WORD: Readonly<Record<Theme, string>> = { system: "As the system", light: "Light", dark: "Dark" };

/** Anything but a known theme means: as the system prefers. */
export function parseTheme(text: string | undefined): Theme {
  return THEMES.find((theme) => theme === text) ?? "system";
}
