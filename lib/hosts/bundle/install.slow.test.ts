import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { NodeState } from "@/lib/core/hosts/node-state";
import { createHosts } from "../hosts";
import { readHostKey, type SshTarget } from "../ssh/connection";
import { createKeyPair } from "../ssh/key-pair";
import { runCommand } from "../ssh/run-command";
import { freePort, sshdReason, withoutSshd } from "../testing/sshd";
import type { AgentFile } from "./agent-files";
import { installScript } from "./install-script";

/**
 * The install script for real: a user is added, sudo and sshd read what it wrote. It runs on this machine's own system,
 * in a mount namespace where every folder it writes to is a throw-away copy.
 */
const has = (name: string) => spawnSync("sh", ["-c", `PATH=$PATH:/usr/sbin; command -v ${name}`]).status === 0;
const overlays = () =>
  spawnSync("sh", [
    "-c",
    "unshare -m sh -c 'mount -t tmpfs t /mnt && mkdir /mnt/u /mnt/w && mount -t overlay o -o lowerdir=/etc,upperdir=/mnt/u,workdir=/mnt/w /etc'",
  ]).status === 0;
const missing = [
  ...(process.getuid?.() === 0 ? [] : ["root"]),
  ...["python3", "nft", "dnsmasq", "ip", "sudo", "unshare", "useradd"].filter((name) => !has(name)),
];
if (missing.length === 0 && !overlays()) missing.push("overlay mounts");
const skipped = (withoutSshd || missing.length > 0) && process.env["TRUNKLINE_REQUIRE_ALL"] !== "1";
const reason = missing.length > 0 ? ` (skipped: needs ${missing.join(", ")})` : sshdReason;

const node = os.hostname().split(".")[0] ?? "";
const STATE: NodeState = { schema: 1, owner: "trunkline-test", revision: 7, repairSeconds: 60, vnets: [], routes: [] };

/** Stand-ins for the agent and its wrapper; what is proved here is what lies around them. */
const AGENT = `#!/bin/sh
[ "$1" = put ] && cat >/run/trunkline-test-state
printf '{"schema":1,"agent":"1","node":"%s","changes":[{"what":"user","object":"%s","action":"%s"}]}' "$(hostname)" "$(id -un)" "$1"
`;
const WRAPPER = `#!/bin/sh
case "$SSH_ORIGINAL_COMMAND" in
  put|plan|apply|status|remove|version) exec sudo -n /usr/local/sbin/trunkline-host "$SSH_ORIGINAL_COMMAND" ;;
  sneak) exec sudo -n /usr/local/sbin/trunkline-host put --root / ;;
  shell) exec sudo -n /bin/sh -c id ;;
esac
exit 126
`;
const file = (target: string, text: string, mode = "0755"): AgentFile => ({ target, mode, content: Buffer.from(text) });
const FILES = [
  file("/usr/local/sbin/trunkline-host", AGENT),
  file("/usr/local/sbin/trunkline-host-ssh", WRAPPER),
  file("/etc/systemd/system/trunkline-host.timer", "[Timer]\n", "0644"),
];

describe.skipIf(skipped)(`installing for real${reason}`, () => {
  let folder: string;
  let space: ChildProcess;
  let target: SshTarget;
  const key = createKeyPair("trunkline@test");

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "trunkline-install-"));
    const port = await freePort();
    const script = installScript({ node, files: FILES, publicKey: key.publicKey, from: ["127.0.0.1"] });
    fs.writeFileSync(path.join(folder, "install.sh"), script.text);
    fs.writeFileSync(path.join(folder, "host_key"), createKeyPair("host").privateKey, { mode: 0o600 });
    fs.writeFileSync(
      path.join(folder, "sshd_config"),
      `Port ${port}\nListenAddress 127.0.0.1\nHostKey ${folder}/host_key\nPidFile none\nUsePAM no\nLogLevel ERROR\n`,
    );
    fs.writeFileSync(path.join(folder, "space.sh"), SPACE);
    let said = "";
    space = spawn("sh", ["-c", 'exec unshare -m --propagation private sh "$0/space.sh" "$0"', folder], {
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    for (const stream of [space.stdout, space.stderr]) stream?.on("data", (chunk) => (said += String(chunk)));
    const address = { host: "127.0.0.1", port };
    const shown = await until(
      () => readHostKey(address, 1_000),
      (result) => result.ok || space.exitCode !== null,
    );
    if (!shown.ok) throw new Error(`sshd does not answer: ${said}`);
    target = { ...address, node, user: "trunkline", privateKey: key.privateKey, hostKey: shown.value.fingerprint };
  });
  afterAll(() => {
    if (space?.pid) process.kill(-space.pid, "SIGKILL");
    fs.rmSync(folder, { recursive: true, force: true });
  });

  /** Runs a program where the script was run. */
  const inside = (...argv: string[]) =>
    spawnSync("sh", ["-c", 'exec nsenter -m -t "$0" "$@"', String(space.pid), ...argv], { encoding: "utf8" });

  it("the user's key starts the agent's verbs as root, with the state on its input", async () => {
    const hosts = createHosts(() => target);
    const changes = (action: string) => [expect.objectContaining({ what: "user", object: "root", action })];
    expect(await hosts.put(node, STATE)).toMatchObject({ ok: true, value: { changes: changes("put") } });
    expect(await hosts.status(node)).toMatchObject({ ok: true, value: { changes: changes("status") } });
    const kept = inside("cat", "/run/trunkline-test-state");
    expect(JSON.parse(kept.stdout)).toEqual(STATE);
  });

  it.each(["bash -i", "status; id", "", "sneak", "shell", "render", "internal-sftp"])(
    "and nothing else: %j",
    async (verb) => {
      const result = await runCommand(target, {
        ...{
          what: "try",
          verb: verb || "true",
          write: false,
          connectMs: 5_000,
          commandMs: 5_000,
          maxOutputBytes: 10_000,
        },
      });
      expect(result.ok && result.value.exit).not.toBe(0);
      expect(result.ok && result.value.stdout).toBe("");
    },
  );

  it("its files belong to root, so it cannot give itself more", () => {
    const home = "/var/lib/trunkline-ssh/.ssh";
    const list = inside("stat", "-c", "%U %a", home, `${home}/authorized_keys`, "/etc/sudoers.d/trunkline-host");
    expect(list.stdout).toBe("root 755\nroot 644\nroot 440\n");
  });

  it("a second run changes nothing, and uninstalling takes user, key and files away", () => {
    const script = path.join(folder, "install.sh");
    const again = inside("sh", script);
    expect(again.stderr).not.toMatch(/written|added/);
    expect(again.status).toBe(0);
    expect(inside("sh", script, "--uninstall").status).toBe(0);
    expect(inside("id", "trunkline").status).not.toBe(0);
    for (const gone of ["/usr/local/sbin/trunkline-host", "/etc/sudoers.d/trunkline-host", "/var/lib/trunkline-ssh"]) {
      expect(inside("test", "-e", gone).status, gone).toBe(1);
    }
    expect(inside("cat", "/run/systemctl.log").stdout).toContain("enable --now trunkline-host.timer");
    expect(inside("sh", script, "--uninstall").status).toBe(0);
  });
});

/** Copies over every folder that is written to, a systemctl that only notes what it is told, then install and sshd. */
const SPACE = `set -e
here=$1
mount -t tmpfs tmpfs /mnt
for each in etc usr/local var/lib run; do
  mkdir -p /mnt/$each/up /mnt/$each/work
  mount -t overlay overlay -o lowerdir=/$each,upperdir=/mnt/$each/up,workdir=/mnt/$each/work /$each
done
mkdir -p /run/sshd /etc/network
echo 'source /etc/network/interfaces.d/*' >> /etc/network/interfaces
printf '#!/bin/sh\\necho "$@" >> /run/systemctl.log\\n' > /usr/local/sbin/systemctl
chmod 755 /usr/local/sbin/systemctl
sh "$here/install.sh"
exec /usr/sbin/sshd -D -e -f "$here/sshd_config"
`;

async function until<T>(ask: () => Promise<T>, done: (answer: T) => boolean): Promise<T> {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await ask();
    if (done(answer)) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return ask();
}
