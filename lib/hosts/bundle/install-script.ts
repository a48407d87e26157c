import { createHash } from "node:crypto";
import type { NodeState } from "@/lib/core/hosts/node-state";
import { readAddress } from "@/lib/core/net/address";
import { readCidr } from "@/lib/core/net/cidr";
import { invariant } from "@/lib/core/result";
import type { AgentFile } from "./agent-files";
import { FINISH, PROLOGUE, PUT, UNINSTALL } from "./script-parts";

/** A script to run as root on one node. What a person compares before running it is the checksum. */
export interface Script {
  readonly name: string;
  readonly text: string;
  /** SHA-256 of the text, in hexadecimal, as `sha256sum` prints it. */
  readonly sha256: string;
}

export interface InstallInput {
  /** The node it is made for; elsewhere it stops before doing anything. */
  readonly node: string;
  readonly files: readonly AgentFile[];
  /** One line for authorized_keys. */
  readonly publicKey: string;
  /** Addresses or networks the key may be used from; empty: from everywhere. */
  readonly from: readonly string[];
}

/** Installs the agent and lets one key in, to its verbs only. Running it again changes what is different and nothing else. */
export function installScript(input: InstallInput): Script {
  invariant(/^ssh-ed25519 [A-Za-z0-9+/]+={0,2} [A-Za-z0-9@._-]+$/.test(input.publicKey), "a public key line");
  invariant(
    input.from.every((text) => readAddress(text) ?? readCidr(text)),
    "addresses and networks",
  );
  const from = input.from.length > 0 ? `,from="${input.from.join(",")}"` : "";
  const line = `restrict,command="/usr/local/sbin/trunkline-host-ssh"${from} ${input.publicKey}\n`;
  const access: AgentFile[] = [
    { target: "/etc/sudoers.d/trunkline-host", mode: "0440", content: Buffer.from(SUDOERS) },
    { target: "/var/lib/trunkline-ssh/.ssh/authorized_keys", mode: "0644", content: Buffer.from(line) },
  ];
  return script(`trunkline-install-${input.node}.sh`, input.node, [
    ...PROLOGUE,
    UNINSTALL,
    "need sudo sudo",
    "begin",
    "add_user",
    ...placed([...input.files, ...access]),
    FINISH,
  ]);
}

export interface BundleInput {
  readonly node: string;
  readonly files: readonly AgentFile[];
  readonly state: NodeState;
}

/**
 * Everything for a node that Trunkline cannot reach: agent and state in one script, which ends in the same `put` and gives
 * its exit status. To be run once per revision, by hand or by whatever manages the node.
 */
export function bundleScript({ node, files, state }: BundleInput): Script {
  const text = Buffer.from(`${JSON.stringify(state)}\n`);
  return script(`trunkline-${node}-${state.revision}.sh`, node, [
    ...PROLOGUE,
    UNINSTALL,
    "begin",
    ...placed(files),
    FINISH,
    `embedded ${sum(text)} <<'EOF'\n${encoded(text)}\nEOF`,
    PUT,
  ]);
}

const SUDOERS = `# Written by Trunkline: what the key of the server may start. Debian's sudo asks the name service who it is, for 20 s
# where none answers, which is just when somebody has to repair something.
Defaults:trunkline !fqdn
trunkline ALL=(root) NOPASSWD: ${["put", "plan", "apply", "status", "remove", "version"]
  .map((verb) => `/usr/local/sbin/trunkline-host ${verb}`)
  .concat(["scan", "remove"].map((verb) => `/usr/local/sbin/trunkline-seed ${verb}`))
  .join(", ")}
`;

function script(name: string, node: string, parts: readonly string[]): Script {
  invariant(/^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/.test(node), "a node name");
  const text = `${["#!/bin/sh", `node=${node}`, ...parts].join("\n\n")}\n`;
  return { name, text, sha256: sum(Buffer.from(text)) };
}

const placed = (files: readonly AgentFile[]): string[] =>
  files.map(({ target, mode, content }) => `place ${target} ${mode} ${sum(content)} <<'EOF'\n${encoded(content)}\nEOF`);

const sum = (content: Buffer): string => createHash("sha256").update(content).digest("hex");
const encoded = (content: Buffer): string => content.toString("base64").replace(/.{76}(?=.)/g, "$&\n");
