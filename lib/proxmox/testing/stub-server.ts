import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ClusterAddress } from "../address";
import type { WireRequest } from "./recorded-api";

/** A server that is told what to answer, and remembers what it heard. */
export interface StubServer {
  readonly url: string;
  readonly address: ClusterAddress;
  readonly heard: WireRequest[];
  close(): Promise<void>;
}

export async function startStub(answer: (request: WireRequest, response: ServerResponse) => void): Promise<StubServer> {
  const heard: WireRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const target = (request.url ?? "").replace(/^\/api2\/json/, "");
      const wire = { method: request.method ?? "", target, body: Buffer.concat(chunks).toString("utf8") };
      heard.push(wire);
      answer(wire, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    heard,
    address: {
      endpoints: [url],
      fingerprint: null,
      tokenId: "ops@pve!ci",
      secret: "0a0b0c0d-0000-4000-8000-000000000000",
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
