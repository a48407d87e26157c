import { Refusal } from "./say.mjs";

const NEEDED = [20, 19];

/**
 * Refuses a Node.js that is too old. Everything this file needs works on old versions, so that they reach the sentence.
 * @param {string} version such as process.versions.node
 */
export function requireNode(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return;
  throw new Refusal(
    `Trunkline needs Node.js ${NEEDED.join(".")} or newer; this is ${version}. See https://nodejs.org.`,
  );
}
