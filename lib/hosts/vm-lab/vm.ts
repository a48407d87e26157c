import { type ChildProcess, spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { readHostKey } from "../ssh/connection";
import type { KeyPair } from "../ssh/key-pair";
import { runCommand } from "../ssh/run-command";
import { freePort } from "../testing/sshd";

/** One virtual machine without KVM: every instruction is interpreted, so nothing is quick. */

const BOOT_SECONDS = 240;
const COMMAND_SECONDS = 120;

export interface Vm {
  readonly port: number;
  /** `SHA256:…` of its SSH host key. */
  readonly hostKey: string;
  /** Seconds from power on to "system is up". */
  readonly bootSeconds: number;
  /** Runs sh as root; throws with what it said when it fails. Gives its output, trimmed. */
  readonly sh: (script: string, stdin?: string) => Promise<string>;
  /** Until the script succeeds; then it gives the seconds that took. Throws after a minute, with what the script says. */
  readonly until: (script: string) => Promise<number>;
  /** Shuts it down as an operator does, and waits for the power to go. */
  readonly shutDown: () => Promise<void>;
  /** Pulls the plug. */
  readonly cutPower: () => Promise<void>;
}

/** Starts the machine whose disk and kernel build-image.sh made in `folder`. Its console goes to `folder`/SUITE.console. */
export async function startVm(folder: string, suite: string, key: KeyPair): Promise<Vm> {
  const port = await freePort();
  const file = (name: string) => path.join(folder, `${suite}.${name}`);
  const console = fs.openSync(file("console"), "a");
  const began = Date.now();
  const qemu = spawn(
    "qemu-system-x86_64",
    [
      ...["-machine", "q35,accel=tcg", "-cpu", "max", "-smp", "2", "-m", "1024", "-display", "none", "-vga", "none"],
      ...["-no-reboot", "-nic", "none", "-kernel", file("kernel"), "-serial", "stdio"],
      ...["-append", "root=/dev/nvme0n1 rw console=ttyS0 net.ifnames=0 panic=1"],
      ...["-drive", `file=${file("disk")},if=none,id=disk,format=raw`, "-device", "nvme,drive=disk,serial=lab"],
      ...["-netdev", `user,id=net,restrict=on,hostfwd=tcp:127.0.0.1:${port}-:22`],
      ...["-device", "virtio-net-pci,netdev=net,romfile="],
    ],
    { stdio: ["ignore", console, console] },
  );
  fs.closeSync(console);
  const end = () => qemu.kill("SIGKILL");
  process.once("exit", end);
  qemu.once("exit", () => process.removeListener("exit", end));
  try {
    const hostKey = await waitForSshd(qemu, port);
    const sh = shell({ host: "127.0.0.1", port, node: "pve1", user: "root", privateKey: key.privateKey, hostKey });
    // 1: something failed to start; the story that looks at the failed units tells what.
    await sh("systemctl is-system-running --wait >/dev/null || [ $? = 1 ]");
    return {
      ...{ port, hostKey, sh, until: (script) => until(sh, script) },
      bootSeconds: Math.round((Date.now() - began) / 1000),
      shutDown: async () => {
        await sh("systemctl --no-block poweroff");
        await gone(qemu, BOOT_SECONDS);
      },
      cutPower: async () => {
        end();
        await gone(qemu, 10);
      },
    };
  } catch (error) {
    end();
    throw error;
  }
}

async function waitForSshd(qemu: ChildProcess, port: number): Promise<string> {
  const limit = Date.now() + BOOT_SECONDS * 1000;
  while (Date.now() < limit) {
    if (qemu.exitCode !== null) throw new Error(`QEMU ended with ${qemu.exitCode}; its console tells why`);
    const key = await readHostKey({ host: "127.0.0.1", port }, 10_000);
    if (key.ok) return key.value.fingerprint;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`no SSH server within ${BOOT_SECONDS} s; the console tells why`);
}

function shell(target: Parameters<typeof runCommand>[0]): Vm["sh"] {
  return async (script, stdin) => {
    const run = await runCommand(target, {
      ...{ what: "run a command of the lab", verb: `sh -euc '${script.replaceAll("'", "'\\''")}'`, write: false },
      ...{ connectMs: 60_000, commandMs: COMMAND_SECONDS * 1000, maxOutputBytes: 4 * 1024 * 1024 },
      ...(stdin === undefined ? {} : { stdin }),
    });
    if (!run.ok) throw new Error(`${script}\n${run.error.message}`);
    const { exit, stdout, stderr } = run.value;
    if (exit !== 0) throw new Error(`${script}\nended with ${exit}: ${stdout}${stderr}`);
    return stdout.trim();
  };
}

async function until(sh: Vm["sh"], script: string): Promise<number> {
  const began = Date.now();
  // Asked within the machine: a connection for each look would take longer than what is waited for.
  await sh(`n=0; until ( ${script} ) >/tmp/until 2>&1; do
    n=$((n + 1)); [ "$n" -lt 120 ] || { cat /tmp/until; exit 1; }; sleep 0.5; done`);
  return Math.round((Date.now() - began) / 1000);
}

function gone(qemu: ChildProcess, seconds: number): Promise<void> {
  if (qemu.exitCode !== null || qemu.signalCode !== null) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`QEMU does not end within ${seconds} s`)), seconds * 1000);
    qemu.once("exit", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
