// npm run package [-- FOLDER]: the command as a package of its own, trunkline-VERSION.tgz in the folder (default: here). It
// is one file of plain JavaScript and needs no other package, so that it installs anywhere without the app.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { bundleCommand } from "./bundle.mjs";
import { ensureInstalled } from "./install.mjs";
import { requireNode } from "./node-version.mjs";
import { root } from "./root.mjs";
import { run } from "./run.mjs";
import { command, Refusal, step } from "./say.mjs";
import { listenForStop } from "./stop-signal.mjs";

/** What is copied as it is, by its name in the package. */
const COPIED = {
  LICENSE: "LICENSE",
  "README.md": "docs/reference/cli.md",
  "layout-format.md": "docs/reference/layout-format.md",
  "layout.schema.json": "docs/reference/layout.schema.json",
  "problems.md": "docs/reference/problems.md",
};

await command(async () => {
  requireNode(process.versions.node);
  listenForStop();
  const target = path.resolve(process.argv[2] ?? ".");
  if (!fs.existsSync(target)) throw new Refusal(`There is no folder ${target}.`);
  await ensureInstalled();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "trunkline-package-"));
  try {
    const manifest = packageManifest(JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")));
    fs.writeFileSync(path.join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
    for (const [name, source] of Object.entries(COPIED))
      fs.copyFileSync(path.join(root, source), path.join(folder, name));
    await step("Bundling the command", async () => {
      const file = path.join(folder, manifest.bin.trunkline);
      const bundled = await bundleCommand(file);
      fs.chmodSync(file, 0o755);
      fs.writeFileSync(path.join(folder, "THIRD-PARTY-LICENSES"), licencesOf(bundled));
    });
    const packed = await run("npm", ["pack", folder, "--pack-destination", target, "--silent"]);
    if (!packed.ok) throw new Refusal(`npm pack failed: ${packed.output.trim()}`);
    process.stdout.write(`${path.join(target, packed.output.trim())}\n`);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

/** The project's own manifest without what only the app needs: dependencies and scripts. */
function packageManifest({ name, version, description, license, engines }) {
  return { name, version, private: true, description, license, engines, bin: { trunkline: "trunkline.cjs" } };
}

/** The licences of the packages that the files come from; each asks to go along with its code. */
function licencesOf(files) {
  const packages = new Set(files.flatMap((file) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));
  return [...packages]
    .sort()
    .map((folder) => {
      const licence = fs.readdirSync(path.join(root, folder)).find((name) => /^licen[cs]e(\.\w+)?$/i.test(name));
      if (!licence) throw new Refusal(`${folder} has no licence file, so it cannot go into the package.`);
      return `${folder.slice("node_modules/".length)}\n\n${fs.readFileSync(path.join(root, folder, licence), "utf8").trim()}\n`;
    })
    .join(`\n${"-".repeat(80)}\n\n`);
}
