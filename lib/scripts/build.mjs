import fs from "node:fs";
import path from "node:path";
import { fingerprint, readStamp, writeStamp } from "./fingerprint.mjs";
import { root } from "./root.mjs";
import { run } from "./run.mjs";
import { Refusal, step } from "./say.mjs";

const standalone = path.join(root, ".next/standalone");
const stampFile = path.join(standalone, ".trunkline-build");

/** The built server's entry file. */
export const serverEntry = path.join(standalone, "server.js");

const INPUTS = [
  "app",
  "components",
  "docs",
  "lib",
  "prisma/schema.prisma",
  "prisma/migrations",
  "public",
  "instrumentation.ts",
  "instrumentation-node.ts",
  "proxy.ts",
  "next.config.ts",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];

// What is beside the product in the same folders and never part of the built server.
const BESIDE = /[.](test|bench)[.]tsx?$|^lib\/(scripts|simulator)\/|^docs\/images\//;

/** Builds the app when there is no build of exactly these sources. */
export async function ensureBuilt() {
  const wanted = fingerprint(root, INPUTS, (file) => !BESIDE.test(file));
  if (readStamp(stampFile) === wanted && fs.existsSync(serverEntry)) return;
  await step("Building the app", build);
  writeStamp(stampFile, wanted);
}

async function build() {
  const { ok, output } = await run(process.execPath, [path.join(root, "node_modules/next/dist/bin/next"), "build"], {
    env: { NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" },
  });
  if (!ok) {
    process.stderr.write(output);
    throw new Refusal("The app could not be built; the compiler's words are above.");
  }
  // The standalone server carries its code and its traced packages; the files a browser asks for go beside it.
  fs.cpSync(path.join(root, ".next/static"), path.join(standalone, ".next/static"), { recursive: true });
  if (fs.existsSync(path.join(root, "public"))) {
    fs.cpSync(path.join(root, "public"), path.join(standalone, "public"), { recursive: true });
  }
}
