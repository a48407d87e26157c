import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { freePort } from "./listen-address.mjs";

// The nodes of the scene that the demonstration starts (lib/simulator/scenes/three-node.ts).
const NODES = ["pve1", "pve2", "pve3"];

/**
 * Chooses where the simulated nodes will offer their host agents, with which host keys and for which key: the same as last
 * time as far as the ports are free. Writes nothing; `keep` does.
 * @param {string} data absolute data folder
 */
export async function prepareAgents(data) {
  // Only now: these scripts start before anything is installed.
  const { default: ssh2 } = await import("ssh2");
  const agentsFile = path.join(data, "simulator-agents.json");
  const keyFile = path.join(data, "simulator-key");
  const before = readJson(agentsFile);
  const privateKey = readable(ssh2, readText(keyFile)) ?? newKey(ssh2);
  const publicKey = `${publicLine(ssh2, privateKey)} trunkline@demo`;

  const nodes = {};
  for (const node of NODES) {
    const kept = before?.nodes?.[node];
    const taken = Object.values(nodes).map(({ port }) => port);
    nodes[node] = {
      port: await portBeside(taken, Number(kept?.port) || undefined),
      hostKey: readable(ssh2, kept?.hostKey) ?? newKey(ssh2),
    };
  }

  return {
    agentsFile,
    /** What the server is told: each agent as anyone would add it. */
    env: {
      TRUNKLINE_DEMO_AGENTS: JSON.stringify(
        Object.entries(nodes).map(([node, { port, hostKey }]) => ({
          ...{ node, host: "127.0.0.1", port, user: "trunkline", hostKey: fingerprint(ssh2, hostKey) },
          ...{ privateKey, publicKey },
        })),
      ),
    },
    keep() {
      const others = (before?.authorizedKeys ?? []).filter((line) => line !== publicKey);
      write(keyFile, privateKey);
      write(agentsFile, `${JSON.stringify({ authorizedKeys: [publicKey, ...others], nodes })}\n`);
    },
  };
}

async function portBeside(taken, remembered) {
  const first = await freePort(remembered);
  return taken.includes(first) ? portBeside(taken) : first;
}

/** A private key in OpenSSH's format. The library now and then writes one that it cannot read itself. */
function newKey(ssh2) {
  for (;;) {
    const key = readable(ssh2, ssh2.utils.generateKeyPairSync("ed25519").private);
    if (key) return key;
  }
}

/** The key, if it is one. */
function readable(ssh2, key) {
  return typeof key === "string" && !(ssh2.utils.parseKey(key) instanceof Error) ? key : undefined;
}

const publicBytes = (ssh2, key) => ssh2.utils.parseKey(key).getPublicSSH();
const publicLine = (ssh2, key) => `ssh-ed25519 ${publicBytes(ssh2, key).toString("base64")}`;

function fingerprint(ssh2, key) {
  return `SHA256:${createHash("sha256").update(publicBytes(ssh2, key)).digest("base64").replace(/=+$/, "")}`;
}

function write(file, text) {
  fs.writeFileSync(`${file}.new`, text, { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
}

const readText = (file) => (fs.existsSync(file) ? fs.readFileSync(file, "utf8") : undefined);

/** A damaged file counts as none: everything in it can be made anew. */
function readJson(file) {
  try {
    return JSON.parse(readText(file) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}
