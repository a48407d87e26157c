import { startLab } from "../testing/lab";
import { labState, labSubnet, labVnet } from "../testing/lab-state";

// How long the agent takes for fifty VNets with DHCP and SNAT. Run with: npx tsx lib/hosts/lab/fifty-vnets.bench.ts
const COUNT = 50;
const RUNS = 9;
const LIMIT_MS = 1000;

const numbers = Array.from({ length: COUNT }, (_, at) => at + 1);
const vnets = numbers.map((tag) => {
  const mac = `02:54:4c:00:00:${tag.toString(16).padStart(2, "0")}`;
  return labVnet(`vnet${tag}`, [labSubnet(`10.50.${tag}`)], { mac });
});
const lab = await startLab();
try {
  lab.sdn(Object.fromEntries(numbers.map((tag) => [`vnet${tag}`, tag])));
  const timed = (run: () => { exit: number; changes: readonly unknown[] }) => {
    const began = performance.now();
    const { exit, changes } = run();
    return { ms: Math.round(performance.now() - began), exit, changes: changes.length };
  };
  const median = (times: readonly { ms: number }[]) =>
    times.map(({ ms }) => ms).sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  const first = Array.from({ length: RUNS }, () => {
    lab.agent("remove");
    return timed(() => lab.agent("put", labState(1, vnets)));
  });
  const again = Array.from({ length: RUNS }, () => timed(() => lab.agent("apply")));
  const changed = timed(() => lab.agent("put", labState(2, vnets.slice(1))));
  const good =
    [...first, ...again, changed].every(({ exit }) => exit === 0) && again.every(({ changes }) => changes === 0);
  const spread = `${first
    .map(({ ms }) => ms)
    .sort((a, b) => a - b)
    .join(" ")}`;
  console.log(`${COUNT} VNets: first put ${median(first)} ms (${first[0]?.changes} changes; ${spread})`);
  console.log(`apply with nothing to do ${median(again)} ms`);
  console.log(`one VNet removed: ${changed.ms} ms (${changed.changes} changes); limit of each ${LIMIT_MS} ms`);
  process.exitCode = good && Math.max(median(first), median(again), changed.ms) < LIMIT_MS ? 0 : 1;
} finally {
  lab.stop();
}
