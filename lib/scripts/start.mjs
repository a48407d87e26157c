// npm start: from whatever state the clone is in to a running Trunkline with a simulated cluster beside it.
import path from "node:path";
import { ensureBuilt, serverEntry } from "./build.mjs";
import { startChild } from "./child.mjs";
import { requireDataFolder } from "./data-folder.mjs";
import { prepareDemo } from "./demo.mjs";
import { ensureInstalled } from "./install.mjs";
import { readListenAddress, requireFreePort } from "./listen-address.mjs";
import { requireNode } from "./node-version.mjs";
import { command, elapsed, Refusal, say } from "./say.mjs";
import { watchServer } from "./server-output.mjs";
import { listenForStop, Stopped, whenAsked } from "./stop-signal.mjs";

const ANSWER_EVERY_MS = 50;

await command(
  async () => {
    requireNode(process.versions.node);
    const address = readListenAddress(process.env);
    const data = requireDataFolder(process.env);
    await requireFreePort(address);
    listenForStop();

    process.stdout.write("Trunkline\n");
    await ensureInstalled();
    await ensureBuilt();

    const children = [];
    try {
      await serve({ address, data, children });
    } finally {
      // The server first: it may still have a word to say to the simulator.
      for (const child of children) await child.stop();
    }
  },
  { whenStopped: 0 },
);

/** Starts both processes one after the other and stays until the person, or one of them, ends it. */
async function serve({ address, data, children }) {
  const demo = process.env.TRUNKLINE_DEMO === "0" ? undefined : await prepareDemo(data);
  const output = watchServer();
  const server = startChild({
    name: "The server",
    args: [serverEntry],
    env: {
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      PORT: String(address.port),
      HOST: address.host,
      HOSTNAME: address.host,
      TRUNKLINE_DATA_DIR: data,
      // Longer than a proxy in front keeps an idle connection (60 s): else both may use and close it at the same moment.
      KEEP_ALIVE_TIMEOUT: "75000",
      ...(demo?.env ?? {}),
    },
    onLine: output.line,
    onErrorLine: output.errorLine,
  });
  children.push(server);
  await unlessStopped(untilAnswering(server, address.local, output));

  // Only now, when the server holds the data folder: a second instance must not touch the simulator's state either.
  if (demo) {
    const simulator = demo.start();
    children.push(simulator.child);
    await unlessStopped(simulator.listening);
  }

  say(`Started in ${elapsed()}. Data: ${path.relative(process.cwd(), data) || "."}. Ctrl-C stops it.`);
  const link = output.setupLink();
  // One write, so that whoever reads the ready line has the link too.
  process.stdout.write(`Trunkline is ready at ${publicUrl(address)}\n${link ? `Sign-in link (once): ${link}\n` : ""}`);
  output.passThrough();

  const ends = children.map((child) =>
    child.ended.then(({ reason }) => {
      throw new Refusal(`${child.name} ended unexpectedly (${reason}), so everything was stopped.`);
    }),
  );
  await unlessStopped(Promise.race(ends));
}

function unlessStopped(work) {
  return Promise.race([
    work,
    whenAsked.then(() => {
      throw new Stopped();
    }),
  ]);
}

/** Resolves when the server answers; rejects with its own last words when it ended instead. */
async function untilAnswering(server, local, output) {
  let end;
  void server.ended.then((how) => {
    end = how;
  });
  while (end === undefined) {
    // Twice: after the second answer every line written before the first has been read.
    if ((await answers(local)) && (await answers(local))) return;
    await new Promise((resolve) => setTimeout(resolve, ANSWER_EVERY_MS));
  }
  throw new Refusal(output.lastWords().join("\n") || `The server could not start (${end.reason}).`);
}

async function answers(local) {
  const reply = await fetch(`${local}/api/health`).catch(() => undefined);
  await reply?.arrayBuffer().catch(() => undefined);
  return reply?.ok === true;
}

function publicUrl({ host, port }) {
  if (process.env.TRUNKLINE_PUBLIC_URL) return process.env.TRUNKLINE_PUBLIC_URL.replace(/\/$/, "");
  const byName = ["127.0.0.1", "0.0.0.0", "::", "::1"].includes(host) ? "localhost" : host;
  return `http://${byName}:${port}`;
}
