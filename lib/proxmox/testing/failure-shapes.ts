import type { ServerResponse } from "node:http";
import type { FailureKind } from "@/lib/core/failure";
import type { Simulator } from "@/lib/simulator/start";
import type { ClusterAddress } from "../address";

/** What a call ends in: [kind, may be sent again unchanged, may have happened]. */
export type End = readonly [kind: FailureKind, again: "again" | "not again", happened: "unclear" | "sure"];
/** One way in which a server, or the way to it, says no. */
export interface Shape {
  readonly name: string;
  /** What the server does; without it nothing is served and `at` names the address. */
  readonly serve?: (response: ServerResponse) => void;
  readonly at?: (where: { readonly stub: string; readonly tls: Simulator }) => Partial<ClusterAddress>;
  /** Of the message or the detail under it: Proxmox's own text, where it gave one. */
  readonly says: string | RegExp;
  readonly next: RegExp;
  readonly read: End;
  readonly write: End;
}

const json =
  (status: number, message: string | null, more: object = {}, reason?: string) =>
  (response: ServerResponse) => {
    const body = message === null ? "" : JSON.stringify({ data: null, message, ...more });
    if (reason === undefined) response.writeHead(status).end(body);
    else response.writeHead(status, reason).end(body);
  };
export const text = (status: number, body: string) => (response: ServerResponse) =>
  void response.writeHead(status).end(body);
const both = (...end: End) => ({ read: end, write: end });
const PM = " at /usr/share/perl5/PVE/Network/SDN.pm line 291.\n";

/** Every shape of error that a client of Proxmox VE meets. */
export const SHAPES: readonly Shape[] = [
  {
    name: "400 with a map of parameters",
    serve: json(400, "Parameter verification failed.\n", { errors: { mtu: "type check ('integer') failed" } }),
    says: "mtu: type check ('integer') failed",
    next: /Correct what Proxmox names|Read again/,
    ...both("rejected", "not again", "sure"),
  },
  {
    name: "401 with an empty body",
    serve: json(401, null, {}, "authentication failure"),
    says: "authentication failure",
    next: /token's id and secret/,
    ...both("unauthorized", "not again", "sure"),
  },
  {
    name: "403 with the privilege that lacks",
    serve: json(403, "Permission check failed (/sdn/zones, SDN.Allocate)\n"),
    says: "Permission check failed (/sdn/zones, SDN.Allocate)",
    next: /pveum acl modify \/sdn .*PVESDNAdmin/,
    ...both("forbidden", "not again", "sure"),
  },
  {
    name: "403 without a path",
    serve: json(403, "Permission check failed (user != root@pam)\n"),
    says: "user != root@pam",
    next: /Give the token the privilege/,
    ...both("forbidden", "not again", "sure"),
  },
  {
    name: "404, which Proxmox never answers",
    serve: text(404, "Not Found"),
    says: "status 404",
    next: /address is that of a Proxmox VE server/,
    ...both("bad-answer", "not again", "sure"),
  },
  {
    name: "500 with a text",
    serve: json(500, `create sdn zone object failed: sdn zone object ID 'lan' already defined${PM}`),
    says: "sdn zone object ID 'lan' already defined",
    next: /Correct what Proxmox names|Read again/,
    ...both("refused", "not again", "sure"),
  },
  {
    name: "500 with the parameter in its second line",
    serve: json(500, "create sdn zone object failed: 400 Parameter verification failed.\nipam: x not existing\n"),
    says: "ipam: x not existing",
    next: /Correct what Proxmox names|Read again/,
    ...both("refused", "not again", "sure"),
  },
  {
    name: "500 with the text in the reason phrase only, as before 5.2",
    serve: json(500, null, {}, "zone z1 is used by vnet v1"),
    says: "zone z1 is used by vnet v1",
    next: /Correct what Proxmox names|Read again/,
    ...both("refused", "not again", "sure"),
  },
  {
    name: "500 without any text",
    serve: json(500, null, {}, ""),
    says: "gave no reason",
    next: /Correct what Proxmox names|Read again/,
    ...both("refused", "not again", "sure"),
  },
  {
    name: "500 for a held lock",
    serve: json(500, `create sdn zone object failed: invalid lock token provided!${PM}`),
    says: "invalid lock token provided!",
    next: /released by force/,
    ...both("locked", "not again", "sure"),
  },
  {
    name: "500 for a file that changed meanwhile",
    serve: json(500, "update failed: detected modified configuration - file changed by other user? Try again.\n"),
    says: "detected modified configuration",
    next: /Plan again/,
    ...both("stale", "not again", "sure"),
  },
  {
    name: "500 for pending changes in the lock's way",
    serve: json(500, `could not acquire lock for SDN config: configuration has pending changes${PM}`),
    says: "configuration has pending changes",
    next: /Apply or revert the pending changes/,
    ...both("refused", "not again", "sure"),
  },
  {
    name: "500 for a lock of pmxcfs that passes",
    serve: json(500, "cfs-lock 'file-sdn_zones' error: got lock request timeout\n"),
    says: "got lock request timeout",
    next: /Try again/,
    ...both("refused", "again", "sure"),
  },
  {
    name: "500 without quorum",
    serve: json(500, "cluster not ready - no quorum?\n"),
    says: "no quorum",
    next: /pvecm status/,
    ...both("refused", "again", "sure"),
  },
  {
    name: "500 of a worker that did not start, after the commit",
    serve: json(500, "got no worker upid - start worker failed\n"),
    says: "got no worker upid",
    next: /Read the configuration to see whether it happened|Try again/,
    read: ["refused", "again", "sure"],
    write: ["refused", "again", "unclear"],
  },
  {
    name: "501",
    serve: json(501, "Method 'POST /cluster/sdn/lock' not implemented"),
    says: "Method 'POST /cluster/sdn/lock' not implemented",
    next: /Update Proxmox VE/,
    ...both("unsupported", "not again", "sure"),
  },
  {
    name: "502 of a proxy between",
    serve: text(502, "<html><h1>502 Bad Gateway</h1></html>"),
    says: "502",
    next: /Check that server/,
    read: ["unreachable", "again", "sure"],
    write: ["unreachable", "again", "unclear"],
  },
  {
    name: "595, the node was not reached",
    serve: json(595, null, {}, "No route to host"),
    says: "No route to host",
    next: /node is switched on/,
    ...both("node-unreachable", "again", "sure"),
  },
  {
    name: "596, the connection to the node broke",
    serve: json(596, null, {}, "Broken pipe"),
    says: "Broken pipe",
    next: /node is switched on/,
    read: ["node-unreachable", "again", "sure"],
    write: ["node-unreachable", "again", "unclear"],
  },
  {
    name: "a redirect",
    serve: (response) => void response.writeHead(302, { location: "https://elsewhere.example/" }).end(),
    says: "redirects elsewhere (302)",
    next: /address at which Proxmox itself answers/,
    ...both("bad-answer", "not again", "sure"),
  },
  {
    name: "a web page instead of JSON",
    serve: text(200, "<!DOCTYPE html><html><body>Sign in</body></html>"),
    says: "not what Proxmox VE answers",
    next: /address is that of a Proxmox VE server/,
    read: ["bad-answer", "not again", "sure"],
    write: ["bad-answer", "not again", "unclear"],
  },
  {
    name: "an empty body",
    serve: text(200, ""),
    says: "not what Proxmox VE answers",
    next: /address is that of a Proxmox VE server/,
    read: ["bad-answer", "not again", "sure"],
    write: ["bad-answer", "not again", "unclear"],
  },
  {
    name: "data: null where something was promised",
    serve: text(200, '{"data":null}'),
    says: "a form that is not known here (at data)",
    next: /newer than what is known here/,
    read: ["bad-answer", "not again", "sure"],
    write: ["bad-answer", "not again", "unclear"],
  },
  {
    name: "no answer in time",
    serve: () => {},
    at: () => ({ timeouts: { readMs: 80, writeMs: 80 } }),
    says: "did not answer within 0.08 s",
    next: /load|Read the configuration/,
    read: ["timeout", "again", "sure"],
    write: ["timeout", "again", "unclear"],
  },
  {
    name: "an answer that does not end in time",
    serve: (response) => void response.writeHead(200).write('{"data":'),
    at: () => ({ timeouts: { readMs: 80, writeMs: 80 } }),
    says: "did not answer within 0.08 s",
    next: /load|Read the configuration/,
    read: ["timeout", "again", "sure"],
    write: ["timeout", "again", "unclear"],
  },
  {
    name: "a connection cut before the answer",
    serve: (response) => void response.destroy(),
    says: "the connection was cut",
    next: /Check the address|Read the configuration/,
    read: ["unreachable", "again", "sure"],
    write: ["unreachable", "again", "unclear"],
  },
  {
    name: "a connection cut in the middle of the answer",
    serve: (response) => {
      response.writeHead(200, { "content-length": 100 }).write('{"data":');
      setTimeout(() => response.destroy(), 20);
    },
    says: "the connection was cut",
    next: /Check the address|Read the configuration/,
    read: ["unreachable", "again", "sure"],
    write: ["unreachable", "again", "unclear"],
  },
  {
    name: "a certificate that is not the pinned one",
    at: ({ tls }) => ({ endpoints: [tls.url], fingerprint: `00${tls.fingerprint?.slice(2)}` }),
    says: /is not the pinned one \(it has the fingerprint [0-9A-F:]{95}\)\. Nothing was sent/,
    next: /pvenode cert info/,
    ...both("certificate", "not again", "sure"),
  },
  {
    name: "a certificate that nobody vouches for",
    at: ({ tls }) => ({ endpoints: [tls.url] }),
    says: "it is signed by itself. Nothing was sent",
    next: /pvenode cert info/,
    ...both("certificate", "not again", "sure"),
  },
  {
    name: "https where http is spoken",
    at: ({ stub }) => ({ endpoints: [stub.replace("http:", "https:")] }),
    says: "it does not speak TLS; is it an http address?",
    next: /Check the address/,
    ...both("unreachable", "again", "sure"),
  },
  {
    name: "http where https is spoken",
    at: ({ tls }) => ({ endpoints: [tls.url.replace("https:", "http:")] }),
    says: /the connection was cut|does not speak HTTP/,
    next: /Check the address|Read the configuration/,
    read: ["unreachable", "again", "sure"],
    write: ["unreachable", "again", "unclear"],
  },
  {
    name: "a name that DNS does not know",
    at: () => ({ endpoints: ["https://pve.invalid:8006"] }),
    says: /the name is not known|the name could not be looked up/,
    next: /Check the address/,
    ...both("unreachable", "again", "sure"),
  },
  {
    name: "a port at which nothing listens",
    at: () => ({ endpoints: ["http://127.0.0.1:9"] }),
    says: "the connection was refused",
    next: /Check the address/,
    ...both("unreachable", "again", "sure"),
  },
  {
    name: "an address that is none",
    at: () => ({ endpoints: ["pve1"] }),
    says: "no usable address",
    next: /https:\/\/pve1\.example\.org:8006/,
    ...both("unreachable", "not again", "sure"),
  },
  {
    name: "a token that cannot be one",
    at: () => ({ tokenId: "ops@pve" }),
    says: "the API token is incomplete",
    next: /user@realm!name/,
    ...both("unauthorized", "not again", "sure"),
  },
];
