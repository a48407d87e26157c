import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createKeyPair } from "../ssh/key-pair";
import { newVmLab, STORIES } from "./stories";
import { startVm } from "./vm";

/**
 * `npm run lab:vm [bookworm] [trixie]`: the host services on whole machines, Debian 12 and 13, with real VLANs, systemd,
 * reboots and a power cut. Needs root, qemu-system-x86, mmdebstrap and e2fsprogs, no KVM; about five minutes a machine, and
 * one more the first time. Disks are kept in the temporary folder (TMPDIR). Prints the table
 * that docs/reference/host-agent.md records.
 */
const SUITES: Readonly<Record<string, string>> = { bookworm: "Debian 12", trixie: "Debian 13" };
const folder = path.join(os.tmpdir(), "trunkline-vm-lab");

async function runSuite(suite: string): Promise<{ lines: string[]; failed: boolean }> {
  const lines = [`### ${SUITES[suite]}`, "", "| What is promised | | Seconds | Seen |", "|---|---|---|---|"];
  const rootKey = createKeyPair("root@lab");
  fs.mkdirSync(folder, { recursive: true });
  fs.rmSync(path.join(folder, `${suite}.console`), { force: true });
  const build = path.resolve("lib/hosts/vm-lab/build-image.sh");
  const built = spawnSync("sh", [build, suite, folder, rootKey.publicKey], { stdio: ["ignore", "inherit", "inherit"] });
  if (built.status !== 0) throw new Error(`the disk of ${suite} could not be made`);
  const start = () => startVm(folder, suite, rootKey);
  const lab = newVmLab(await start(), start);
  let failed = false;
  try {
    for (const story of STORIES) {
      const began = Date.now();
      const seen = await story.run(lab).catch((error: unknown) => {
        failed = true;
        console.error(error);
        return `failed: ${String(error).split("\n").at(-1)}`;
      });
      const seconds = Math.round((Date.now() - began) / 1000);
      console.log(`${failed ? "FAILED" : "held"} after ${seconds} s: ${story.name}: ${seen}`);
      lines.push(`| ${story.name} | ${failed ? "**no**" : "held"} | ${seconds} | ${seen} |`);
      // The next story builds on this one.
      if (failed) break;
    }
  } finally {
    await lab.vm.cutPower();
  }
  return { lines, failed };
}

const wanted = process.argv.slice(2);
const unknown = wanted.find((suite) => !(suite in SUITES));
if (unknown !== undefined) {
  console.error(`${unknown} is none of ${Object.keys(SUITES).join(", ")}.`);
  process.exit(2);
}
const tables: string[] = [];
for (const suite of wanted.length > 0 ? wanted : Object.keys(SUITES)) {
  const { lines, failed } = await runSuite(suite);
  tables.push(...lines, "");
  if (failed) process.exitCode = 1;
}
console.log(`\n${tables.join("\n")}`);
