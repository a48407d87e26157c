import { createServer as createPlainServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Certificate } from "@/lib/simulator/http/certificate";
import type { ApiHandler } from "@/lib/simulator/http/handler";

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

function listener(handler: ApiHandler): RequestListener {
  return (request, response) => {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join("; ") : value]),
    );
    readBody(request)
      .then((body) => handler.handle({ method: request.method ?? "GET", target: request.url ?? "/", headers, body }))
      .then((answer) => {
        if (answer.dropped) {
          response.destroy();
          return;
        }
        response.writeHead(answer.status, answer.reason, {
          "content-type": "application/json;charset=UTF-8",
          "content-length": Buffer.byteLength(answer.body),
          "cache-control": "max-age=0",
        });
        if (!answer.cut) {
          response.end(answer.body);
          return;
        }
        // Half an answer, then a reset instead of a proper end.
        response.write(answer.body.slice(0, Math.floor(answer.body.length / 2)), () =>
          request.socket.resetAndDestroy(),
        );
      })
      .catch((cause: unknown) => {
        // A defect of the simulator itself: say so where it runs, and answer like any broken server.
        console.error(cause);
        if (response.headersSent) response.destroy();
        else response.writeHead(500, "Internal Server Error").end();
      });
  };
}

/** A listening server; its port is known. */
export interface Listening {
  readonly port: number;
  /** Stops listening and ends every connection. */
  close(): Promise<void>;
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Opens the port (0: any free one). Rejects with the system's error, for example `EADDRINUSE`. */
export function listen(
  handler: ApiHandler,
  where: { readonly host: string; readonly port: number; readonly certificate: Certificate | undefined },
): Promise<Listening> {
  const serve = listener(handler);
  const server =
    where.certificate === undefined
      ? createPlainServer(serve)
      : createTlsServer({ key: where.certificate.key, cert: where.certificate.cert }, serve);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(where.port, where.host, () => {
      server.off("error", reject);
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : where.port;
      resolve({ port, close: () => stop(server) });
    });
  });
}
