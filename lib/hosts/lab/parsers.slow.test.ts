import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

/** The programs that read what the agent writes, on the golden files; random states are in render/real-parsers. */
const FIXTURES = path.resolve("lib/hosts/testing/fixtures");
const AGENT = path.resolve("lib/hosts/agent");
const ENV = { ...process.env, PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" };
const run = (program: string, ...argv: string[]) => {
  const done = spawnSync("sh", ["-c", 'exec "$0" "$@"', program, ...argv], { encoding: "utf8", env: ENV });
  return { status: done.status, said: `${done.stdout}${done.stderr}` };
};
const lacking = (...names: string[]) => names.filter((name) => run("sh", "-c", `command -v ${name}`).status !== 0);
const skip = (missing: readonly string[]) => missing.length > 0 && process.env["TRUNKLINE_REQUIRE_ALL"] !== "1";
const why = (missing: readonly string[]) => (missing.length > 0 ? ` (skipped: needs ${missing.join(", ")})` : "");
const golden = (name: RegExp) =>
  fs
    .readdirSync(FIXTURES, { recursive: true, encoding: "utf8" })
    .filter((file) => name.test(file))
    .map((file) => path.join(FIXTURES, file));

const nft = [...lacking("nft", "unshare"), ...(process.getuid?.() === 0 ? [] : ["root"])];
it.skipIf(skip(nft))(`nft takes every table${why(nft)}`, () => {
  const files = golden(/table\.nft$/);
  expect(files.length).toBeGreaterThan(2);
  for (const file of files) {
    expect(run("unshare", "-n", "nft", "-c", "-f", file), file).toEqual({ status: 0, said: "" });
  }
});

const dnsmasq = lacking("dnsmasq");
it.skipIf(skip(dnsmasq))(`dnsmasq takes every configuration${why(dnsmasq)}`, () => {
  const files = golden(/\.conf$/);
  expect(files.length).toBeGreaterThan(6);
  for (const file of files) expect(run("dnsmasq", "--test", `--conf-file=${file}`).said, file).toContain("check OK");
});

it("what is shell is read by the shell", () => {
  for (const file of [
    path.join(AGENT, "if-up"),
    path.join(AGENT, "trunkline-host-ssh"),
    path.resolve("lib/hosts/lab/node.sh"),
    path.resolve("lib/hosts/lab/udhcpc-script"),
  ]) {
    expect(run("sh", "-n", file), file).toEqual({ status: 0, said: "" });
  }
});
