import net from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { freePort, readListenAddress, requireFreePort } from "./listen-address.mjs";

const servers: net.Server[] = [];

function occupy(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => {
      servers.push(server);
      const address = server.address();
      resolve(address !== null && typeof address === "object" ? address.port : 0);
    });
  });
}

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

describe("where the server listens", () => {
  it.each([
    [{}, { host: "127.0.0.1", port: 3000, local: "http://127.0.0.1:3000" }],
    [
      { PORT: "", HOST: "" },
      { host: "127.0.0.1", port: 3000, local: "http://127.0.0.1:3000" },
    ],
    [
      { PORT: "8080", HOST: "0.0.0.0" },
      { host: "0.0.0.0", port: 8080, local: "http://127.0.0.1:8080" },
    ],
    [{ HOST: "::" }, { host: "::", port: 3000, local: "http://[::1]:3000" }],
    [{ HOST: "::1" }, { host: "::1", port: 3000, local: "http://[::1]:3000" }],
    [{ HOST: "box.lan" }, { host: "box.lan", port: 3000, local: "http://box.lan:3000" }],
  ])("is read from %o", (env, expected) => {
    expect(readListenAddress(env)).toEqual(expected);
  });

  it.each(["0", "65536", "http", "-1", "80.5", "3000 "])("refuses the port %j with the range", (PORT) => {
    expect(() => readListenAddress({ PORT })).toThrow(/^PORT is ".+": give a number from 1 to 65535/);
  });

  it("refuses a port that something listens on", async () => {
    const port = await occupy();
    await expect(requireFreePort({ host: "127.0.0.1", port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is already`);
  });

  it("refuses an address that is not this machine's", async () => {
    await expect(requireFreePort({ host: "192.0.2.1", port: 3000 })).rejects.toThrow('HOST is "192.0.2.1"');
  });
});

describe("a free port", () => {
  it("is the remembered one while it is free, and another once it is taken", async () => {
    const remembered = await freePort(undefined);
    expect(await freePort(remembered)).toBe(remembered);
    const taken = await occupy();
    expect(await freePort(taken)).not.toBe(taken);
  });
});
