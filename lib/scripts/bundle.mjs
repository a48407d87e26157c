import path from "node:path";
import { root } from "./root.mjs";

/**
 * The command `trunkline` and everything it uses as one file of plain JavaScript that runs anywhere.
 * @param {string} file to be written
 * @returns {Promise<string[]>} the files that went in, packages among them
 */
export const bundleCommand = (file) =>
  bundle(file, {
    stdin: { contents: 'import { command } from "./lib/cli/command"; void command();', resolveDir: root },
    format: "cjs",
    banner: { js: "#!/usr/bin/env node" },
  });

/**
 * A script of this project as one file that starts in a third of the time tsx takes, for tests that start it often. Its
 * packages stay where they are, so the file has to be in a folder of the project.
 * @param {string} script
 * @param {string} file to be written, ending with .mjs
 */
export const bundleScript = (script, file) =>
  bundle(file, { entryPoints: [script], format: "esm", packages: "external" });

async function bundle(file, options) {
  // Only now: a fresh clone has no packages before.
  const { build } = await import("esbuild");
  const { metafile } = await build({
    ...options,
    absWorkingDir: root,
    tsconfig: path.join(root, "tsconfig.json"),
    outfile: file,
    bundle: true,
    platform: "node",
    target: "node20.19",
    legalComments: "none",
    metafile: true,
    logLevel: "error",
  });
  return Object.keys(metafile.inputs);
}
