/** Addresses that somebody wrote with commas or spaces between them. */
export const addressList = (text: string): string[] => text.split(/[\s,;]+/).filter((part) => part !== "");
