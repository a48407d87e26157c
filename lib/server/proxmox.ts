import type { Failure } from "@/lib/core/failure";
import type { Cluster } from "@/lib/core/ports";
import { ok, type Result } from "@/lib/core/result";
import { createCluster } from "@/lib/proxmox/cluster";
import { readPrivileges } from "@/lib/proxmox/privileges";
import { probeCertificate } from "@/lib/proxmox/probe";
import type { PrivilegeCheck } from "./views";

/** How to reach one cluster, secret included: lives only between the database and the client. */
export interface Connection {
  readonly endpoints: readonly string[];
  readonly fingerprint: string | null;
  readonly tokenId: string;
  readonly secret: string;
}

export interface Probe {
  /** SHA-256 in colon form, or null for plain HTTP. */
  readonly fingerprint: string | null;
  /** The system trusts the certificate, so no pin is needed; false for plain HTTP. */
  readonly trusted: boolean;
  readonly subject: string | null;
  /** Why it is not trusted, in words. */
  readonly reason: string | null;
}

/** What the use cases ask of Proxmox; tests put their own in its place. */
export interface Proxmox {
  connect(connection: Connection): Cluster;
  /** Looks at a server's certificate without sending a token. */
  probe(url: string): Promise<Result<Probe, Failure>>;
  readPrivileges(connection: Connection): Promise<Result<readonly PrivilegeCheck[], Failure>>;
}

export const proxmoxOverHttp: Proxmox = {
  connect: createCluster,
  async probe(url) {
    const probed = await probeCertificate(url);
    if (!probed.ok) return probed;
    const seen = probed.value;
    if (!seen.tls)
      return ok({ fingerprint: null, trusted: false, subject: null, reason: "Plain HTTP: no certificate." });
    const { fingerprint, trusted, reason } = seen;
    return ok({ fingerprint, trusted, subject: new URL(url).hostname, reason });
  },
  readPrivileges,
};
