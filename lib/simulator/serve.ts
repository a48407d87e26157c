import { parseArgs } from "node:util";
import { isSceneName, type SceneName, scenes } from "@/lib/simulator/scenes/scenes";
import { type SimulatorOptions, StartProblem, startSimulator } from "@/lib/simulator/start";

const usage = `Usage: npm run simulator -- [options]
  --scene NAME    ${Object.keys(scenes).join(", ")} (default three-node)
  --port NUMBER   default 8006
  --host ADDRESS  default 127.0.0.1
  --tls           HTTPS with a self-signed certificate
  --state FILE    keep the cluster's state in this file
  --speed NAME    real or instant (default as the scene says)
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

function readArguments(list: readonly string[]): SimulatorOptions | undefined {
  const { values } = parseArgs({
    args: [...list],
    options: {
      scene: { type: "string", default: "three-node" },
      port: { type: "string", default: "8006" },
      host: { type: "string", default: "127.0.0.1" },
      tls: { type: "boolean", default: false },
      control: { type: "boolean" },
      state: { type: "string" },
      speed: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return undefined;
  return {
    scene: readScene(values.scene),
    port: readPort(values.port),
    host: values.host,
    tls: values.tls,
    ...(values.control === undefined ? {} : { control: values.control }),
    ...(values.state === undefined ? {} : { stateFile: values.state }),
    ...(values.speed === undefined ? {} : { speed: readSpeed(values.speed) }),
  };
}

async function main(): Promise<void> {
  const options = readArguments(process.argv.slice(2));
  if (options === undefined) {
    console.log(usage);
    return;
  }
  const simulator = await startSimulator(options);
  console.log(`Simulated cluster ${options.scene} is ready at ${simulator.url}`);
  if (simulator.fingerprint !== undefined) console.log(`Certificate SHA-256 ${simulator.fingerprint}`);
  const stop = () => {
    simulator.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

main().catch((cause: unknown) => {
  const known = cause instanceof StartProblem || (cause instanceof TypeError && "code" in cause);
  console.error(known ? cause.message : cause);
  process.exit(1);
});
