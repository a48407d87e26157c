import { launch } from "../trunkline";
import { percentile, printFigures } from "./figures";

/** A start with everything installed and built, from the command to its last line. */
const first = await launch();
await first.stop();
const times: number[] = [];
for (let round = 0; round < 5; round += 1) {
  const began = performance.now();
  const again = await launch({ data: first.data });
  times.push((performance.now() - began) / 1000);
  await again.stop();
}
printFigures("Second start", [
  { name: "median", value: percentile(times, 0.5), unit: "s", limit: 5 },
  { name: "slowest of five", value: Math.max(...times), unit: "s" },
]);
