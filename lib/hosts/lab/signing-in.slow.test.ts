import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { readAgentFiles } from "../bundle/agent-files";
import { installOverSsh } from "../bundle/install-over-ssh";
import { installScript, type Script } from "../bundle/install-script";
import { createHosts } from "../hosts";
import { readHostKey } from "../ssh/connection";
import { createKeyPair } from "../ssh/key-pair";
import { runCommand } from "../ssh/run-command";
import { type Lab, labReason, startLab, withoutLab } from "../testing/lab";
import { type LabSshd, startLabSshd } from "../testing/lab-sshd";
import { labState, labSubnet, labVnet } from "../testing/lab-state";
import { sshdReason, withoutSshd } from "../testing/sshd";

const PASSWORD = "correct horse battery staple";
const key = createKeyPair("trunkline@lab");
const TIMES = { connectMs: 15_000, readMs: 15_000, writeMs: 15_000 };

describe.skipIf(withoutLab || withoutSshd)(`signing in on a node as Debian sets it up${labReason}${sshdReason}`, () => {
  let lab: Lab;
  let script: Script;
  let server: LabSshd | null = null;

  beforeAll(async () => {
    lab = await startLab();
    lab.sh("chpasswd", `root:${PASSWORD}\n`);
    const files = await readAgentFiles(path.resolve("."));
    script = installScript({ node: "pve1", files, publicKey: key.publicKey, from: [] });
    lab.sh("cat > /run/install.sh; sh /run/install.sh --uninstall 2>&1; ! id trunkline 2>/dev/null", script.text);
  });
  afterEach(async () => {
    await server?.stop();
    server = null;
  });
  afterAll(() => lab?.stop());

  async function reached(...settings: readonly string[]) {
    server = await startLabSshd(lab, settings);
    const address = { host: "127.0.0.1", port: server.port };
    const seen = await readHostKey(address, 10_000);
    if (!seen.ok) throw new Error(seen.error.message);
    return { node: "pve1", ...address, hostKey: seen.value.fingerprint };
  }

  it("a wrong password, and a server that does not let root in by one, are said so and leave nothing", async () => {
    const node = { ...(await reached()), user: "root" };
    expect(await installOverSsh({ ...node, password: "wrong" }, script)).toMatchObject({
      ok: false,
      error: { kind: "unauthorized", message: expect.stringContaining("Nothing was sent to the node") },
    });
    await server?.stop();
    const shut = { ...(await reached("PermitRootLogin prohibit-password")), user: "root" };
    expect(await installOverSsh({ ...shut, password: PASSWORD }, script)).toMatchObject({
      ok: false,
      error: { kind: "unauthorized", next: expect.stringContaining("PermitRootLogin") },
    });
    expect(lab.works("[ -e /usr/local/sbin/trunkline-host ]")).toBe(false);
  });

  it.each([
    ["asked for plainly", ["KbdInteractiveAuthentication no"]],
    ["asked for in a dialogue", ["PasswordAuthentication no", "KbdInteractiveAuthentication yes"]],
  ])("root's password, %s, installs the agent through PAM", async (_, settings) => {
    const node = { ...(await reached(...settings)), user: "root" };
    const done = await installOverSsh({ ...node, password: PASSWORD }, script);
    expect(done).toMatchObject({ ok: true, value: expect.stringContaining("/usr/local/sbin/trunkline-host: ") });
  });

  it("the agent's own key then starts its verbs, past strict modes, PAM and sudo, and nothing else", async () => {
    const node = { ...(await reached()), user: "trunkline", privateKey: key.privateKey };
    // Nobody in the lab answers for a name: whoever asked for one would be too late.
    const hosts = createHosts(() => node, TIMES);
    const state = labState(1, [labVnet("vnetlab", [labSubnet("10.9.0")])]);
    expect(await hosts.version("pve1")).toMatchObject({ ok: true, value: { node: "pve1" } });
    // The VNet is not there: what it needs waits, and that is an answer.
    expect(await hosts.put("pve1", state)).toMatchObject({ ok: true, value: { revision: 1, error: null } });
    expect(await hosts.status("pve1")).toMatchObject({ ok: true, value: { revision: 1, owner: state.owner } });
    for (const verb of ["id", "status --root /tmp", "sudo -n /usr/local/sbin/trunkline-host status; id"]) {
      const run = await runCommand(node, {
        what: "try",
        verb,
        write: false,
        maxOutputBytes: 10_000,
        ...TIMES,
        commandMs: 20_000,
      });
      expect(run, verb).toMatchObject({ ok: true, value: { exit: 126, stdout: "" } });
    }
    expect(await hosts.remove("pve1")).toMatchObject({ ok: true });
  });

  it("no password opens the agent's account, root's neither", async () => {
    const node = { ...(await reached()), user: "trunkline" };
    const done = await installOverSsh({ ...node, password: PASSWORD }, script);
    expect(done).toMatchObject({ ok: false, error: { kind: "unauthorized" } });
  });
});
