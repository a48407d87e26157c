// npm run dev: the development server with the simulated cluster beside it. Pages reload as their sources change.
import path from "node:path";
import { startChild } from "./child.mjs";
import { requireDataFolder } from "./data-folder.mjs";
import { prepareDemo } from "./demo.mjs";
import { ensureInstalled } from "./install.mjs";
import { readListenAddress, requireFreePort } from "./listen-address.mjs";
import { requireNode } from "./node-version.mjs";
import { root } from "./root.mjs";
import { command, Refusal } from "./say.mjs";
import { listenForStop, whenAsked } from "./stop-signal.mjs";

await command(
  async () => {
    requireNode(process.versions.node);
    const address = readListenAddress(process.env);
    const data = requireDataFolder(process.env);
    await requireFreePort(address);
    listenForStop();
    await ensureInstalled();

    const demo = process.env.TRUNKLINE_DEMO === "0" ? undefined : await prepareDemo(data);
    const next = path.join(root, "node_modules/next/dist/bin/next");
    const server = startChild({
      name: "The development server",
      args: [next, "dev", "--port", String(address.port), "--hostname", address.host],
      env: { NEXT_TELEMETRY_DISABLED: "1", HOST: address.host, TRUNKLINE_DATA_DIR: data, ...(demo?.env ?? {}) },
      onLine: (line) => process.stdout.write(`${line}\n`),
      onErrorLine: (line) => process.stderr.write(`${line}\n`),
    });
    const children = [server, ...(demo ? [demo.start().child] : [])];
    const first = await Promise.race([whenAsked, ...children.map((child) => child.ended.then(() => child))]);
    for (const child of children) await child.stop();
    if (first) throw new Refusal(`${first.name} ended, so everything was stopped.`);
  },
  { whenStopped: 0 },
);
