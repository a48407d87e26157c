import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { demoToken } from "@/lib/simulator/scenes/demo-tokens";
import { type Simulator, type SimulatorOptions, startSimulator } from "@/lib/simulator/start";
import type { ClusterAddress } from "./address";
import { createCluster } from "./cluster";
import { createHttp } from "./http";
import { probeCertificate } from "./probe";
import { create, must, mustFail, zone } from "./testing/steps";

const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function simulated(options: Partial<SimulatorOptions> = {}): Promise<Simulator> {
  const simulator = await startSimulator({ scene: "three-node", port: 0, speed: "instant", ...options });
  cleanups.push(() => simulator.close());
  return simulator;
}

function address(endpoints: readonly string[], more: Partial<ClusterAddress> = {}): ClusterAddress {
  return { endpoints, fingerprint: null, tokenId: demoToken.id, secret: demoToken.secret, ...more };
}

function connected(...args: Parameters<typeof address>) {
  const cluster = createCluster(address(...args));
  cleanups.push(() => cluster.close());
  return cluster;
}

/** A server that is no Proxmox: answers as told and remembers what it heard. */
async function raw(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ url: string; heard: IncomingMessage[] }> {
  const heard: IncomingMessage[] = [];
  const server: Server = createServer((request, response) => {
    heard.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  cleanups.push(
    () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  );
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard };
}

/** An address at which nothing listens: the port was free a moment ago. */
async function nobody(): Promise<string> {
  const { url } = await raw(() => {});
  await cleanups.pop()?.();
  return url;
}

const lan = create(zone("lan", { type: "vlan", bridge: "vmbr0" }));

describe("certificates", () => {
  test("the pinned certificate is accepted, again and again", async () => {
    const simulator = await simulated({ tls: true });
    const probe = must(await probeCertificate(simulator.url));
    expect(probe).toMatchObject({ tls: true, fingerprint: simulator.fingerprint, trusted: false });
    const cluster = connected([simulator.url], { fingerprint: simulator.fingerprint ?? "" });
    for (let turn = 0; turn < 3; turn += 1) must(await cluster.readConfig());
    // However it was typed, and beside those of other nodes.
    const bare = `00:11, sha256:${simulator.fingerprint?.replaceAll(":", "").toLowerCase()}`;
    must(await connected([simulator.url], { fingerprint: bare }).readConfig());
  });

  test("with another certificate not even the token is sent", async () => {
    const simulator = await simulated({ tls: true });
    const wrong = `00${simulator.fingerprint?.slice(2)}`;
    const cluster = connected([simulator.url], { fingerprint: wrong });
    const read = mustFail(await cluster.readConfig());
    expect(read).toMatchObject({ kind: "certificate", retry: false });
    expect(read.message).toContain(simulator.fingerprint);
    const write = mustFail(await cluster.write(lan, null));
    expect(write.kind).toBe("certificate");
    expect(write.unclear).toBeUndefined();
    expect(simulator.requests()).toEqual([]);
  });

  test("without a pin the system's trust decides", async () => {
    const simulator = await simulated({ tls: true });
    const failure = mustFail(await connected([simulator.url]).readConfig());
    expect(failure.kind).toBe("certificate");
    expect(failure.next).toContain("pin");
    expect(simulator.requests()).toEqual([]);
  });

  test("probing sends no request; plain HTTP has nothing to pin", async () => {
    const simulator = await simulated({ tls: true });
    must(await probeCertificate(simulator.url));
    expect(simulator.requests()).toEqual([]);
    const plain = await simulated();
    expect(must(await probeCertificate(plain.url))).toEqual({ tls: false });
    const failure = mustFail(await probeCertificate((await nobody()).replace("http:", "https:")));
    expect(failure.kind).toBe("unreachable");
    const notTls = mustFail(await probeCertificate(plain.url.replace("http:", "https:")));
    expect(notTls.message).toContain("does not speak TLS");
  });
});

describe("lost answers", () => {
  test("a write that was carried out but not answered is unclear, and is sent once", async () => {
    const simulator = await simulated();
    const cluster = connected([simulator.url, simulator.url]);
    simulator.addFault({ match: { method: "POST", path: "/cluster/sdn/zones" }, how: "unanswered" });
    const failure = mustFail(await cluster.write(lan, null));
    expect(failure).toMatchObject({ kind: "unreachable", unclear: true });
    expect(simulator.requests().filter(({ method }) => method === "POST")).toHaveLength(1);
    expect(must(await cluster.readConfig()).entities).toHaveLength(1);
  });

  test("a commit that was carried out but not answered is unclear", async () => {
    const simulator = await simulated();
    const cluster = connected([simulator.url]);
    must(await cluster.write(lan, null));
    simulator.addFault({ match: { method: "PUT", path: "/cluster/sdn$" }, how: "unanswered" });
    expect(mustFail(await cluster.commit(null)).unclear).toBe(true);
    expect(must(await cluster.readConfig()).pending).toEqual([]);
  });

  test("a read that is not answered is tried at the next address", async () => {
    const [first, second] = [await simulated(), await simulated()];
    const cluster = connected([first.url, second.url]);
    first.addFault({ match: { path: "/version" }, how: "unanswered" });
    must(await cluster.readFacts());
    expect(second.requests().some(({ path }) => path.endsWith("/version"))).toBe(true);
  });

  test("a write that takes too long is unclear, a read is not", async () => {
    const slow = await raw(() => {});
    const cluster = connected([slow.url], { timeouts: { readMs: 60, writeMs: 60 } });
    expect(mustFail(await cluster.write(lan, null))).toMatchObject({ kind: "timeout", unclear: true });
    expect(slow.heard).toHaveLength(1);
    const read = mustFail(await cluster.dryRun("pve1"));
    expect(read).toMatchObject({ kind: "timeout", retry: true });
    expect(read.unclear).toBeUndefined();
  });

  test("an answer that begins and never ends runs into the same limit", async () => {
    const endless = await raw((_request, response) => void response.writeHead(200).write('{"data":'));
    const failure = mustFail(await connected([endless.url], { timeouts: { readMs: 100 } }).readConfig());
    expect(failure.kind).toBe("timeout");
  });
});

describe("several addresses", () => {
  test("a refused connection is passed over, for writes too, and the one that works is asked first from then on", async () => {
    const simulator = await simulated();
    const cluster = connected([await nobody(), simulator.url]);
    must(await cluster.write(lan, null));
    expect(must(await cluster.readConfig()).entities).toHaveLength(1);
  });

  test("when none answers, the failure says so and nothing is unclear", async () => {
    const failure = mustFail(await connected([await nobody(), await nobody()]).write(lan, null));
    expect(failure).toMatchObject({ kind: "unreachable", retry: true });
    expect(failure.message).toContain("connection was refused");
    expect(failure.unclear).toBeUndefined();
  });

  test("a refusal is an answer: the other address is not asked", async () => {
    const [first, second] = [await simulated(), await simulated()];
    first.addFault({ match: { method: "GET", path: "/cluster/sdn/dry-run" }, how: "403" });
    expect(mustFail(await connected([first.url, second.url]).dryRun("pve1")).kind).toBe("forbidden");
    expect(second.requests()).toEqual([]);
  });

  test("an address that is none is said to be so", async () => {
    expect(mustFail(await connected(["pve1:8006"]).readConfig()).message).toContain("no usable address");
  });
});

describe("answers that are not Proxmox's", () => {
  const ask = async (answer: Parameters<typeof raw>[0]) =>
    mustFail(await connected([(await raw(answer)).url]).readConfig());

  test("a redirect is refused and the token goes nowhere else", async () => {
    const elsewhere = await raw((_request, response) => void response.end('{"data":[]}'));
    const failure = await ask((_request, response) => void response.writeHead(302, { location: elsewhere.url }).end());
    expect(failure.kind).toBe("bad-answer");
    expect(elsewhere.heard).toEqual([]);
  });

  test("a web page, an empty body and a body without data are bad answers", async () => {
    for (const body of ["<html>hello</html>", "", '{"message":"x"}', "null"]) {
      expect((await ask((_request, response) => void response.end(body))).kind).toBe("bad-answer");
    }
  });

  test("an endless body is cut off", async () => {
    const failure = await ask((_request, response) => {
      const block = Buffer.alloc(1024 * 1024, " ");
      const pour = () => {
        while (!response.destroyed && response.write(block));
      };
      response.on("drain", pour);
      pour();
    });
    expect(failure.message).toContain("larger than expected");
  });

  test("a secret that the server quotes does not get through, in a refusal or in data", async () => {
    const quoting = await raw((request, response) => {
      const told = String(request.headers.authorization);
      response
        .writeHead(500, told)
        .end(JSON.stringify({ data: null, message: `no: ${told}\n`, errors: { zone: told } }));
    });
    const failure = mustFail(await connected([quoting.url]).write(lan, null));
    expect(failure.kind).toBe("refused");
    expect(JSON.stringify(failure)).not.toContain(demoToken.secret);
  });

  test("a secret that cannot be a header is refused before anything is sent", async () => {
    const server = await raw((_request, response) => void response.end('{"data":[]}'));
    const secret = "line one\nline-two-of-it";
    const http = createHttp(address([server.url], { secret }));
    const failure = mustFail(await http.send({ method: "GET", path: "/version", what: "read the version" }));
    expect(failure.kind).toBe("unauthorized");
    expect(JSON.stringify(failure)).not.toContain("line-two");
    expect(server.heard).toEqual([]);
    await http.close();
  });
});
