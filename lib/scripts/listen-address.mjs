import net from "node:net";
import { Refusal } from "./say.mjs";

/**
 * Reads HOST and PORT.
 * @param {Record<string, string | undefined>} env
 * @returns {{ host: string, port: number, local: string }} `local` is the address this machine reaches the server at
 */
export function readListenAddress(env) {
  const text = env.PORT || "3000";
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new Refusal(`PORT is "${text}": give a number from 1 to 65535, for example PORT=3001 npm start.`);
  }
  const host = env.HOST || "127.0.0.1";
  const everywhere = { "0.0.0.0": "127.0.0.1", "::": "[::1]" };
  return { host, port, local: `http://${everywhere[host] ?? (net.isIPv6(host) ? `[${host}]` : host)}:${port}` };
}

/** Refuses when something already listens there, or when the address is not this machine's. */
export async function requireFreePort({ host, port }) {
  const fault = await tryListening(host, port);
  if (fault === undefined) return;
  const why = {
    EADDRINUSE: `Port ${port} on ${host} is already in use: stop the other program or choose another port, for example PORT=${port + 1} npm start.`,
    EACCES: `Port ${port} may not be opened by this user: choose one above 1023, for example PORT=3000 npm start.`,
    EADDRNOTAVAIL: `HOST is "${host}", which is no address of this machine: use 127.0.0.1 for this machine only, 0.0.0.0 for all its addresses.`,
    ENOTFOUND: `HOST is "${host}", which this machine cannot resolve: use 127.0.0.1 for this machine only, 0.0.0.0 for all its addresses.`,
  };
  throw new Refusal(why[fault] ?? `Could not listen on ${host}:${port}: ${fault}.`);
}

/**
 * A free loopback port, the remembered one when it is still free: an address that stays the same over restarts.
 * @param {number | undefined} remembered
 */
export async function freePort(remembered) {
  if (remembered !== undefined && (await tryListening("127.0.0.1", remembered)) === undefined) return remembered;
  return new Promise((resolve, reject) => {
    const server = net.createServer().once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function tryListening(host, port) {
  return new Promise((resolve) => {
    const server = net.createServer().once("error", (error) => resolve(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
