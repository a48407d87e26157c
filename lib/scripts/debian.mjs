import fs from "node:fs";
import { run } from "./run.mjs";

/** Whether this machine lets us install Debian packages: apt is there and we are root. */
export function canInstallPackages() {
  return fs.existsSync("/usr/bin/apt-get") && process.getuid?.() === 0;
}

/**
 * @param {string} name Debian package
 * @returns {Promise<boolean>} whether it is installed now
 */
export async function installPackage(name) {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const install = () => run("apt-get", ["install", "-y", "--no-install-recommends", name], { env });
  if ((await install()).ok) return true;
  await run("apt-get", ["update"], { env });
  return (await install()).ok;
}
