import { parseArgs } from "node:util";
import { isSceneName, type SceneName, scenes } from "@/lib/simulator/scenes/scenes";
import { type Release, releases } from "@/lib/simulator/schema/releases";
import { type SimulatorOptions, StartProblem } from "@/lib/simulator/start";

/** What `--help` prints. */
export const usage = `Usage: npm run simulator -- [options]
  --scene NAME    ${Object.keys(scenes).join(", ")} (default three-node)
  --port NUMBER   default 8006
  --host ADDRESS  default 127.0.0.1
  --tls           HTTPS with a self-signed certificate
  --state FILE    keep the cluster's state in this file
  --agents FILE   nodes offer host agents over SSH; ports and keys are kept in this file
  --speed NAME    real or instant (default as the scene says)
  --release NAME  answer like 9.2 (default), 9.0 or 8.4
  --control       offer the control endpoints for tests`;

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65535) throw new StartProblem(`--port ${text}: give a number from 0 to 65535.`);
  return port;
}

function readScene(text: string): SceneName {
  if (isSceneName(text)) return text;
  throw new StartProblem(`--scene ${text}: choose one of ${Object.keys(scenes).join(", ")}.`);
}

function readSpeed(text: string): "real" | "instant" {
  if (text === "real" || text === "instant") return text;
  throw new StartProblem(`--speed ${text}: choose real or instant.`);
}

function readRelease(text: string): Release {
  const release = releases[text];
  if (release !== undefined) return release;
  throw new StartProblem(`--release ${text}: choose 9.2, 9.0 or 8.4.`);
}

function parsed(list: readonly string[]) {
  try {
    return parseArgs({
      args: [...list],
      options: {
        scene: { type: "string", default: "three-node" },
        port: { type: "string", default: "8006" },
        host: { type: "string", default: "127.0.0.1" },
        tls: { type: "boolean", default: false },
        control: { type: "boolean" },
        state: { type: "string" },
        agents: { type: "string" },
        speed: { type: "string" },
        release: { type: "string", default: "9.2" },
        help: { type: "boolean", default: false },
      },
    }).values;
  } catch (cause) {
    const first = cause instanceof Error ? (cause.message.split(". ")[0] ?? "") : String(cause);
    throw new StartProblem(`${first}; --help lists the options.`);
  }
}

/**
 * Reads the options of the command. Nothing when help was asked for.
 * Throws a `StartProblem` that names the option, what is wrong with it and what would be right.
 */
export function readOptions(list: readonly string[]): SimulatorOptions | undefined {
  const values = parsed(list);
  if (values.help) return undefined;
  return {
    scene: readScene(values.scene),
    port: readPort(values.port),
    host: values.host,
    tls: values.tls,
    release: readRelease(values.release),
    ...(values.control === undefined ? {} : { control: values.control }),
    ...(values.state === undefined ? {} : { stateFile: values.state }),
    ...(values.agents === undefined ? {} : { agents: values.agents }),
    ...(values.speed === undefined ? {} : { speed: readSpeed(values.speed) }),
  };
}
