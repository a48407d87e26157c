import { startLab } from "../testing/lab";
import { labState, labSubnet, labVnet } from "../testing/lab-state";

// How long the agent takes for fifty VNets with DHCP and SNAT. Run with: npx tsx lib/hosts/lab/fifty-vnets.bench.ts
const COUNT = 50;
const RUNS = 9;
const LIMIT_MS = 1000;
/** What the agent waits for answers from the wire before it adds a gateway: two pauses and the time of the last answer. */
const WIRE_MS = 450;

const numbers = Array.from({ length: COUNT }, (_, at) => at + 1);
const vnets = numbers.map((tag) => {
  const mac = `02:54:4c:00:00:${tag.toString(16).padStart(2, "0")}`;
  return labVnet(`vnet${tag}`, [labSubnet(`10.50.${tag}`)], { mac });
});
const lab = await startLab();
try {
  lab.sdn(Object.fromEntries(numbers.map((tag) => [`vnet${tag}`, tag])));
  const timed = <Done>(run: () => Done) => {
    const began = performance.now();
    const done = run();
    return { ms: Math.round(performance.now() - began), done };
  };
  const median = (times: readonly { ms: number }[]) =>
    times.map(({ ms }) => ms).sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
  const units = numbers.map((tag) => `trunkline-dhcp@vnet${tag}.service`).join(" ");
  // What the same machine takes at the same hour to start the same servers without any agent: the first put cannot be faster.
  const first = Array.from({ length: RUNS }, () => {
    lab.agent("remove");
    const put = timed(() => lab.agent("put", labState(1, vnets)));
    lab.sh(`systemctl stop ${units}`);
    return { ...put, bare: timed(() => lab.sh(`systemctl start ${units}`)) };
  });
  const again = Array.from({ length: RUNS }, () => timed(() => lab.agent("apply")));
  const changed = timed(() => lab.agent("put", labState(2, vnets.slice(1))));
  const good =
    [...first, ...again, changed].every(({ done }) => done.exit === 0) &&
    again.every(({ done }) => done.changes.length === 0);
  const bare = median(first.map((run) => run.bare));
  const own = median(first) - bare - WIRE_MS;
  const all = first.map(({ ms }) => ms).sort((a, b) => a - b);
  console.log(`apply with nothing to do: ${median(again)} ms`);
  console.log(`one VNet removed: ${changed.ms} ms (${changed.done.changes.length} changes)`);
  console.log(`very first put: ${median(first)} ms (${first[0]?.done.changes.length} changes; ${all.join(" ")})`);
  console.log(`  ${WIRE_MS} ms wait for the wire, ${bare} ms the node starts ${COUNT} servers, ${own} ms the agent`);
  console.log(`limit of an apply, a change and the agent's part of a first put: ${LIMIT_MS} ms`);
  process.exitCode = good && Math.max(median(again), changed.ms, own) < LIMIT_MS ? 0 : 1;
} finally {
  lab.stop();
}
