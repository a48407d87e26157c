import fs from "node:fs";
import path from "node:path";
import { startChild } from "./child.mjs";
import { prepareAgents } from "./demo-agents.mjs";
import { freePort } from "./listen-address.mjs";
import { Refusal } from "./say.mjs";

// The simulated cluster's own token (lib/simulator/scenes/demo-tokens.ts). It opens nothing but the simulation.
export const DEMO_TOKEN = "trunkline@pve!demo=7e3a1c52-90d4-4b7e-8c61-5f2d9b04a7e1";

/**
 * Chooses where the simulated cluster will listen: the same loopback port as last time when that is free, so that the
 * address the app remembers stays true.
 * @param {string} data absolute data folder; the cluster's state and its port are kept there
 */
export async function prepareDemo(data) {
  const portFile = path.join(data, "simulator-port");
  const remembered = fs.existsSync(portFile) ? Number(fs.readFileSync(portFile, "utf8")) || undefined : undefined;
  const port = await freePort(remembered);
  const agents = await prepareAgents(data);

  return {
    /** What the server is told, exactly as anyone would register a cluster. */
    env: {
      TRUNKLINE_DEMO: "1",
      TRUNKLINE_DEMO_ENDPOINT: `http://127.0.0.1:${port}`,
      TRUNKLINE_DEMO_TOKEN: DEMO_TOKEN,
      ...agents.env,
    },

    /** Starts the simulator; `listening` resolves when it answers and rejects with its own words when it cannot. */
    start() {
      fs.writeFileSync(portFile, `${port}\n`);
      agents.keep();
      const words = [];
      let heard = () => {};
      const ready = new Promise((resolve) => {
        heard = resolve;
      });
      const child = startChild({
        name: "The simulated cluster",
        args: [
          ...["--import", "tsx", "lib/simulator/serve.ts", "--scene", "three-node"],
          ...["--port", String(port), "--state", path.join(data, "simulator.json")],
          ...["--agents", agents.agentsFile],
        ],
        onLine: (line) => (line.includes(" is ready at ") ? heard(undefined) : undefined),
        onErrorLine: (line) => words.push(line),
      });
      const failed = child.ended.then(({ reason }) => {
        throw new Refusal(words.at(-1) ?? `The simulated cluster could not start (${reason}).`);
      });
      return { child, listening: Promise.race([ready, failed]) };
    },
  };
}
