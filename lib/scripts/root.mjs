import { fileURLToPath } from "node:url";

/** The repository's folder, absolute, without a slash at the end. (import.meta.dirname needs Node 20.11.) */
export const root = fileURLToPath(new URL("../..", import.meta.url)).replace(/[/\\]$/, "");
