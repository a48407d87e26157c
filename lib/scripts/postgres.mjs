import fs from "node:fs";
import path from "node:path";
import { canInstallPackages, installPackage } from "./debian.mjs";

/**
 * Sees to it that PostgreSQL's programs are there for the integration tests, which start a server of their own.
 * @returns {Promise<string | undefined>} why they are not, or undefined when they are
 */
export async function ensurePostgres() {
  if (hasPostgres()) return undefined;
  if (canInstallPackages()) await installPackage("postgresql");
  if (hasPostgres()) return undefined;
  return "no PostgreSQL programs (initdb) here; install PostgreSQL 15 or newer";
}

function hasPostgres() {
  const debian = "/usr/lib/postgresql";
  const folders = [
    ...(process.env.PATH ?? "").split(path.delimiter),
    ...(fs.existsSync(debian) ? fs.readdirSync(debian).map((version) => path.join(debian, version, "bin")) : []),
  ];
  return folders.some((folder) => folder !== "" && fs.existsSync(path.join(folder, "initdb")));
}
