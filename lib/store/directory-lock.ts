import { randomUUID } from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { err, ok, type Result } from "@/lib/core/result";
import { causeText, type StoreError, storeError } from "./store-error";

/**
 * The single-opener lock of a data directory: two processes on one embedded database destroy it.
 *
 * Who is alive is known from a listening socket, which the kernel closes with its process, however that ends, and which
 * can be reached through the directory from another container too. Who holds the lock is decided by numbered claims:
 *
 * 1. A starter listens on a socket of its own, `<pid>-<uuid>.sock`. The name appears by a rename, after listening began,
 *    so a socket under such a name that refuses a connection belongs to a dead process, and stays dead.
 * 2. It looks at the highest claim, a symbolic link `claim-<number>` to a socket. If that answers, the directory is held.
 * 3. Otherwise it creates the next claim; making a symbolic link is atomic and fails when the name is taken. Whoever
 *    fails starts over.
 * 4. It looks once more: if a higher claim is there by now, it withdraws and starts over.
 *
 * Two holders would need a claim made above the one of a living holder, and step 2 forbids that. Nothing in use is ever
 * unlinked to make room, so a slow starter cannot remove a newer one's claim. The newest claims are kept when cleaning
 * up, which makes numbers grow only; a starter that slept meanwhile finds the higher number in step 4.
 */
export interface DirectoryLock {
  release(): Promise<void>;
}

const CLAIM = /^claim-(\d{12})$/;
const SOCKET = /^\d+-[0-9a-f-]{36}\.sock$/;
const KEPT_CLAIMS = 16;
const ATTEMPTS = 100;

/** Takes the lock of `dir` (made when missing), or says in one sentence which process has it. */
export async function lockDirectory(dir: string): Promise<Result<DirectoryLock, StoreError>> {
  if (process.platform === "win32") return lockByPipe(dir);
  const short = shortPath(dir);
  try {
    return await claim(dir, short.path);
  } catch (cause) {
    return err(storeError("unwritable", `The data directory could not be locked in ${dir}: ${causeText(cause)}.`));
  } finally {
    short.remove();
  }
}

async function claim(dir: string, short: string): Promise<Result<DirectoryLock, StoreError>> {
  const own = `${process.pid}-${randomUUID()}.sock`;
  const server = await listen(path.join(/* turbopackIgnore: true */ short, `${own}.new`));
  fs.renameSync(
    path.join(/* turbopackIgnore: true */ dir, `${own}.new`),
    path.join(/* turbopackIgnore: true */ dir, own),
  );
  const release = async (): Promise<void> => {
    fs.rmSync(path.join(/* turbopackIgnore: true */ dir, own), { force: true });
    await new Promise((resolve) => server.close(resolve));
  };
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const top = highestClaim(dir);
    const holder = top === 0 ? null : readClaim(dir, top);
    if (holder !== null && (await isAlive(path.join(/* turbopackIgnore: true */ short, holder)))) {
      await release();
      return err(heldBy(dir, holder));
    }
    const next = claimName(top + 1);
    if (!tryLink(own, path.join(/* turbopackIgnore: true */ dir, next))) continue;
    if (highestClaim(dir) > top + 1) {
      fs.rmSync(path.join(/* turbopackIgnore: true */ dir, next), { force: true });
      continue;
    }
    await removeDead(dir, short, top + 1);
    return ok({ release });
  }
  await release();
  return err(storeError("held", `The data directory is contested: ${ATTEMPTS} attempts to lock ${dir} failed.`));
}

const claimName = (number: number): string => `claim-${String(number).padStart(12, "0")}`;

const claimsIn = (dir: string): number[] =>
  fs.readdirSync(dir).flatMap((name) => {
    const number = CLAIM.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });

const highestClaim = (dir: string): number => Math.max(0, ...claimsIn(dir));

/** The socket a claim names, or null when the claim has been cleaned up meanwhile. */
function readClaim(dir: string, number: number): string | null {
  try {
    return path.basename(fs.readlinkSync(path.join(/* turbopackIgnore: true */ dir, claimName(number))));
  } catch (cause) {
    if (codeOf(cause) === "ENOENT") return null;
    throw cause;
  }
}

function tryLink(target: string, name: string): boolean {
  try {
    fs.symlinkSync(target, name);
    return true;
  } catch (cause) {
    if (codeOf(cause) === "EEXIST") return false;
    throw cause;
  }
}

function heldBy(dir: string, socket: string): StoreError {
  const pid = socket.split("-")[0];
  return storeError(
    "held",
    `Another Trunkline (process ${pid}) is using the data directory ${path.dirname(dir)}; stop it, or choose another directory with TRUNKLINE_DATA_DIR.`,
  );
}

/** Only a refused connection or a missing socket prove a process dead; anything else counts as alive. */
function isAlive(socket: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const connection = net.connect(socket);
    connection.once("connect", () => {
      connection.destroy();
      resolve(true);
    });
    connection.once("error", (cause) => {
      const code = codeOf(cause);
      if (code === "ECONNREFUSED" || code === "ENOENT") resolve(false);
      // A full queue of waiting connections, or a connection cut because the holder answers in its own time.
      else if (code === "EAGAIN" || code === "ECONNRESET" || code === "EPIPE") resolve(true);
      else reject(cause);
    });
  });
}

function listen(socket: string): Promise<net.Server> {
  return new Promise((resolve, reject) => {
    const server = net.createServer((connection) => connection.destroy());
    server.once("error", reject);
    server.listen({ path: socket, backlog: 511 }, () => {
      server.off("error", reject);
      // The lock must not keep a process alive that has nothing else to do.
      server.unref();
      resolve(server);
    });
  });
}

/** Clears what dead processes left, except the newest claims. Only the holder does this. */
async function removeDead(dir: string, short: string, own: number): Promise<void> {
  for (const number of claimsIn(dir)) {
    if (number <= own - KEPT_CLAIMS)
      fs.rmSync(path.join(/* turbopackIgnore: true */ dir, claimName(number)), { force: true });
  }
  for (const name of fs.readdirSync(dir)) {
    if (!SOCKET.test(name)) continue;
    if (!(await isAlive(path.join(/* turbopackIgnore: true */ short, name))))
      fs.rmSync(path.join(/* turbopackIgnore: true */ dir, name), { force: true });
  }
}

/**
 * A socket's path may have about 100 characters only, a data directory's more. Sockets are reached through a link in the
 * temporary directory then, which is needed while the lock is being taken and removed afterwards.
 */
function shortPath(dir: string): { readonly path: string; remove(): void } {
  fs.mkdirSync(dir, { recursive: true, mode: 0o700 });
  if (Buffer.byteLength(dir) <= 40) return { path: dir, remove: () => {} };
  const link = path.join(os.tmpdir(), `tl-${randomUUID().slice(0, 8)}`);
  fs.symlinkSync(path.resolve(/* turbopackIgnore: true */ dir), link);
  return { path: link, remove: () => fs.rmSync(link, { force: true }) };
}

/** Windows has no sockets in directories, but gives a pipe's name to one process only and frees it with that process. */
async function lockByPipe(dir: string): Promise<Result<DirectoryLock, StoreError>> {
  const name = path
    .resolve(/* turbopackIgnore: true */ dir)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-");
  const server = await listen(`\\\\.\\pipe\\trunkline-${name}`).catch((cause: unknown) => codeOf(cause) ?? "unknown");
  if (typeof server === "string") {
    return err(storeError("held", `Another Trunkline is using the data directory ${path.dirname(dir)} (${server}).`));
  }
  return ok({ release: () => new Promise((resolve) => server.close(() => resolve())) });
}

const codeOf = (cause: unknown): string | undefined =>
  cause instanceof Error && "code" in cause ? String(cause.code) : undefined;
