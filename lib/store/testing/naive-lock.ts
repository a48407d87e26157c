import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { err, ok, type Result } from "@/lib/core/result";
import type { DirectoryLock } from "../directory-lock";
import { type StoreError, storeError } from "../store-error";

/**
 * A lock as one writes it first, and wrong: when nobody answers on the socket, remove it and listen. Between the answer
 * and the removal another starter may have begun to listen, and its socket is the one that goes. Only for showing that
 * the race of the lock's test finds such a mistake.
 */
export async function lockNaively(dir: string): Promise<Result<DirectoryLock, StoreError>> {
  fs.mkdirSync(dir, { recursive: true });
  const socket = path.join(dir, "lock.sock");
  const held = err(storeError("held", "Somebody answers."));
  if (await answers(socket)) return held;
  fs.rmSync(socket, { force: true });
  const server = net.createServer((connection) => connection.destroy());
  try {
    server.listen(socket);
    await once(server, "listening");
  } catch {
    return held;
  }
  return ok({ release: () => new Promise((resolve) => server.close(() => resolve())) });
}

function answers(socket: string): Promise<boolean> {
  return new Promise((resolve) => {
    const connection = net.connect(socket);
    connection.once("connect", () => {
      connection.destroy();
      resolve(true);
    });
    connection.once("error", () => resolve(false));
  });
}
