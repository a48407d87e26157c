// npm run sign-in-link: a fresh one-time link for the owner, from the server's own shell. Whoever can read the data
// folder may have one; that is the proof.
import fs from "node:fs";
import path from "node:path";
import { readListenAddress } from "./listen-address.mjs";
import { requireNode } from "./node-version.mjs";
import { root } from "./root.mjs";
import { command, Refusal } from "./say.mjs";

await command(async () => {
  requireNode(process.versions.node);
  const data = path.resolve(root, process.env.TRUNKLINE_DATA_DIR || "data");
  const { port, secret } = readControlFile(path.join(data, "control.json"));
  const { local } = readListenAddress({ HOST: process.env.HOST, PORT: String(port) });
  const reply = await fetch(`${local}/api/control/sign-in-link`, {
    method: "POST",
    headers: { "x-trunkline-control": secret },
  }).catch(() => undefined);
  if (reply === undefined) {
    throw new Refusal(`No Trunkline answers at ${local}: start it with npm start, then ask again.`);
  }
  const answer = await reply.json().catch(() => ({}));
  if (!reply.ok)
    throw new Refusal(answer.error?.message ?? `The server at ${local} refused with status ${reply.status}.`);
  process.stdout.write(`Sign-in link (once): ${answer.url}\n`);
});

function readControlFile(file) {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    throw new Refusal(`${file} cannot be read: is Trunkline running, and is TRUNKLINE_DATA_DIR the one it uses?`);
  }
}
