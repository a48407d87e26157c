#!/usr/bin/env node
// The command `trunkline`. Its sources are TypeScript, which tsx reads with the paths of the project's own tsconfig.
import { fileURLToPath } from "node:url";
import { register } from "tsx/esm/api";

register({ tsconfig: fileURLToPath(new URL("../../tsconfig.json", import.meta.url)) });
const { command } = await import("./command.ts");
await command();
