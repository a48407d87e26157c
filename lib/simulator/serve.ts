import { readOptions, usage } from "@/lib/simulator/options";
import { StartProblem, startSimulator } from "@/lib/simulator/start";

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) {
    console.log(usage);
    return;
  }
  const simulator = await startSimulator(options);
  for (const { node, port, fingerprint } of simulator.agents)
    console.log(`Agent of ${node} at 127.0.0.1:${port}, host key ${fingerprint}`);
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
  console.error(cause instanceof StartProblem ? cause.message : cause);
  process.exit(1);
});
