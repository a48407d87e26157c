// What the commands print: one line per thing, with seconds, and one sentence when they cannot go on.

import { Stopped } from "./stop-signal.mjs";

/** Something the person can mend. Its message is the one sentence that is printed; the command then ends with 1. */
export class Refusal extends Error {}

const began = Date.now();

/** @returns {string} seconds since the command began, "12.3 s" */
export function elapsed(since = began) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}

/** Prints a progress line, indented below the command's own last line. */
export function say(text) {
  process.stdout.write(`  ${text}\n`);
}

/**
 * Says what is being done and how long it took.
 * @template T
 * @param {string} what "Building the app"
 * @param {() => Promise<T> | T} work
 * @returns {Promise<T>}
 */
export async function step(what, work) {
  const started = Date.now();
  say(`${what} …`);
  const result = await work();
  say(`${what}: done in ${elapsed(started)}`);
  return result;
}

/**
 * Runs a command's main function and turns a Refusal into its one sentence and exit code 1. Anything else is a fault of
 * ours and keeps its stack.
 * @param {() => Promise<number | void>} main resolves to the exit code, 0 when it gives none
 * @param {{ whenStopped?: number }} [options] the exit code when the person stopped it
 */
export async function command(main, { whenStopped = 130 } = {}) {
  try {
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (error instanceof Stopped) {
      process.exitCode = whenStopped;
      return;
    }
    process.exitCode = 1;
    process.stderr.write(`${error instanceof Refusal ? error.message : (error?.stack ?? error)}\n`);
  }
}
