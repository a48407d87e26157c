import type { Failure } from "@/lib/core/failure";
import type { OtherObject, SnapshotData } from "@/lib/core/ports";
import { ok, type Result } from "@/lib/core/result";
import type { Http } from "./http";
import { read } from "./read";
import { readConfig } from "./read-config";
import { readIpam } from "./read-ipam";
import { dnsListSchema, ipamListSchema } from "./wire";

/** What never goes into a snapshot: Proxmox gives it in clear to whoever may change the object. */
const SECRETS: ReadonlySet<string> = new Set(["token", "key", "password", "secret"]);

/**
 * The whole SDN configuration for keeping. Fails only when zones, VNets or subnets cannot be read; IPAMs and DNS servers
 * that are not visible are left out, and `ipam` is null when its addresses are not.
 */
export async function readSnapshot(http: Http): Promise<Result<SnapshotData, Failure>> {
  const [config, ipams, dns, addresses] = await Promise.all([
    readConfig(http),
    read(http, "list the IPAMs", "/cluster/sdn/ipams", ipamListSchema),
    read(http, "list the DNS servers", "/cluster/sdn/dns", dnsListSchema),
    readIpam(http),
  ]);
  if (!config.ok) return config;
  const services = [
    ...(ipams.ok ? ipams.value.map((row) => service("ipam", row.ipam, row)) : []),
    ...(dns.ok ? dns.value.map((row) => service("dns", row.dns, row)) : []),
  ];
  return ok({
    ...config.value,
    others: [...config.value.others, ...services],
    ipam: addresses.ok ? addresses.value : null,
  });
}

/** IPAMs and DNS servers have no pending state: what is edited runs at once. */
function service(kind: "ipam" | "dns", id: string, row: Readonly<Record<string, unknown>>): OtherObject {
  const shown = Object.fromEntries(
    Object.entries(row).filter(([name]) => !SECRETS.has(name) && name !== "digest" && name !== kind),
  );
  return { kind, id, edited: shown, running: shown };
}
