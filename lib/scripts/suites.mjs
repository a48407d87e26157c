import fs from "node:fs";
import path from "node:path";
import { root } from "./root.mjs";
import { run } from "./run.mjs";
import { elapsed, say } from "./say.mjs";

/** @typedef {{ name: string, passed: number, failed: number, skipped: number, skips: string[] }} SuiteResult */

const results = path.join(root, "test-results");
const bin = (name) => path.join(root, "node_modules", name);

/**
 * Runs one suite and prints its line: name, counts, time. A suite that breaks counts as one failure, never as silence.
 * @param {string} name
 * @param {() => Promise<Omit<SuiteResult, "name">>} work
 * @returns {Promise<SuiteResult>}
 */
export async function suite(name, work) {
  const started = Date.now();
  const counted = { name, ...(await work()) };
  // Where everything must be there, a skipped test is a failed one.
  if (process.env.TRUNKLINE_REQUIRE_ALL === "1") {
    counted.failed += counted.skipped;
    counted.skipped = 0;
  }
  say(`${name}: ${totals([counted])} (${elapsed(started)})`);
  for (const skip of counted.skips) say(`  skipped: ${skip}`);
  return counted;
}

/** One tool with one verdict. Its words are shown when it fails. */
export function toolSuite(name, commands) {
  return suite(name, async () => {
    for (const [file, ...args] of commands) {
      const { ok, output } = await run(file, args);
      if (!ok) {
        process.stdout.write(`${output.trimEnd()}\n`);
        return { passed: 0, failed: 1, skipped: 0, skips: [] };
      }
    }
    return { passed: 1, failed: 0, skipped: 0, skips: [] };
  });
}

/** A suite that could not be begun, with the reason. */
export function skippedSuite(name, reason) {
  return suite(name, async () => ({ passed: 0, failed: 0, skipped: 1, skips: [reason] }));
}

/**
 * Runs one project of vitest.config.ts.
 * @param {string} project
 */
export function vitestSuite(name, project, env = {}) {
  return suite(name, async () => {
    const file = path.join(results, `vitest-${project}.json`);
    fs.rmSync(file, { force: true });
    const { ok, output } = await run(
      process.execPath,
      [
        ...[bin("vitest/vitest.mjs"), "run", "--project", project],
        ...["--reporter=default", "--reporter=json", `--outputFile.json=${file}`],
      ],
      { env: { FORCE_COLOR: "0", ...env } },
    );
    if (!ok) process.stdout.write(output);
    const report = readReport(file);
    if (report === undefined) return { passed: 0, failed: 1, skipped: 0, skips: [] };
    const tests = report.testResults.flatMap((one) => one.assertionResults);
    const idle = tests.filter((test) => test.status === "skipped" || test.status === "pending");
    return {
      passed: report.numPassedTests,
      failed: ok ? report.numFailedTests : Math.max(1, report.numFailedTests),
      skipped: idle.length,
      skips: idle.map((test) => test.fullName),
    };
  });
}

/** Runs the browser journeys of e2e/ against the built app. */
export function playwrightSuite(name, env = {}) {
  return suite(name, async () => {
    const file = path.join(results, "playwright.json");
    fs.rmSync(file, { force: true });
    const { ok } = await run(process.execPath, [bin("@playwright/test/cli.js"), "test", "--reporter=list,json"], {
      env: { FORCE_COLOR: "0", PLAYWRIGHT_JSON_OUTPUT_NAME: file, ...env },
      show: true,
    });
    const report = readReport(file);
    if (report === undefined) return { passed: 0, failed: 1, skipped: 0, skips: [] };
    const { expected, unexpected, flaky, skipped } = report.stats;
    const broken = unexpected + flaky;
    return { passed: expected, failed: ok ? broken : Math.max(1, broken), skipped, skips: skippedSpecs(report) };
  });
}

function skippedSpecs(report) {
  const visit = (part) => [
    ...(part.specs ?? []).flatMap((spec) =>
      spec.tests
        .filter((test) => test.status === "skipped")
        .map((test) => [spec.title, ...test.annotations.map((note) => note.description)].filter(Boolean).join(": ")),
    ),
    ...(part.suites ?? []).flatMap(visit),
  ];
  return visit(report);
}

function readReport(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

/**
 * The sum, as the last line of `npm test` states it.
 * @param {SuiteResult[]} suites
 */
export function totals(suites) {
  const sum = (key) => suites.reduce((total, one) => total + one[key], 0);
  const skipped = sum("skipped");
  return `${sum("passed")} passed, ${sum("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/** Prints the last line and gives the exit code: 1 when anything failed or nothing ran. */
export function conclude(suites) {
  process.stdout.write(`${totals(suites)}\n`);
  const passed = suites.some((one) => one.passed > 0);
  return passed && suites.every((one) => one.failed === 0) ? 0 : 1;
}
