import { execFile, execFileSync, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import pg from "pg";

const run = promisify(execFile);
const PORTS = { first: 18200, count: 100 };

export interface PostgresServer {
  /** Makes an empty database and gives its address. */
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
}

/** Directory with initdb and postgres, or null. Debian keeps them out of the path; the newest version wins. */
export function findPostgres(): string | null {
  const debian = "/usr/lib/postgresql";
  const versions = fs.existsSync(debian) ? fs.readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => path.join(debian, version, "bin")),
    ...(process.env["PATH"] ?? "").split(path.delimiter),
  ];
  return folders.find((folder) => fs.existsSync(path.join(folder, "initdb"))) ?? null;
}

/** Starts a PostgreSQL of its own on a free loopback port, with its files in the temporary directory. */
export async function startPostgres(bin: string): Promise<PostgresServer> {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), "trunkline-pg-"));
  const data = path.join(dir, "data");
  // PostgreSQL refuses to run as root.
  const user = process.getuid?.() === 0 ? unprivileged() : null;
  if (user) fs.chownSync(dir, user.uid, user.gid);
  const options: Options = { ...user, cwd: dir, env: { ...process.env, LC_ALL: "C" } };
  await run(
    path.join(bin, "initdb"),
    ["-D", data, "-U", "trunkline", "-A", "trust", "-E", "UTF8", "--no-sync"],
    options,
  );
  const { server, port } = await listenSomewhere(bin, data, dir, options);
  const address = (database: string): string => `postgresql://trunkline@127.0.0.1:${port}/${database}`;
  let count = 0;
  return {
    async createDatabase() {
      count += 1;
      const client = new pg.Client({ connectionString: address("postgres") });
      await client.connect();
      await client.query(`CREATE DATABASE test${count}`);
      await client.end();
      return address(`test${count}`);
    },
    async stop() {
      const gone = once(server, "exit");
      server.kill("SIGQUIT");
      await gone;
      fs.rmSync(dir, { recursive: true, force: true });
    },
  };
}

type Options = Pick<SpawnOptions, "cwd" | "env" | "uid" | "gid">;

async function listenSomewhere(bin: string, data: string, dir: string, options: Options) {
  const offset = process.pid % PORTS.count;
  for (let turn = 0; turn < PORTS.count; turn++) {
    const port = PORTS.first + ((offset + turn) % PORTS.count);
    const args = ["-D", data, "-p", String(port), "-c", "listen_addresses=127.0.0.1", "-k", dir, "-c", "fsync=off"];
    const server = spawn(path.join(bin, "postgres"), args, { ...options, stdio: ["ignore", "ignore", "pipe"] });
    let log = "";
    const ready = await new Promise<boolean>((resolve) => {
      server.stderr?.on("data", (chunk: Buffer) => {
        log += chunk.toString();
        if (log.includes("ready to accept connections")) resolve(true);
      });
      server.once("exit", () => resolve(false));
    });
    if (ready) return { server, port };
    if (!log.includes("Address already in use")) throw new Error(`PostgreSQL did not start: ${log}`);
  }
  throw new Error("No free port for PostgreSQL.");
}

function unprivileged(): { uid: number; gid: number } {
  const id = (flag: string, name: string): number => Number(execFileSync("id", [flag, name], { encoding: "utf8" }));
  for (const name of ["postgres", "nobody"]) {
    try {
      return { uid: id("-u", name), gid: id("-g", name) };
    } catch {
      // The next name.
    }
  }
  throw new Error("No unprivileged user to run PostgreSQL as.");
}
