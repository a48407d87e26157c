import * as z from "zod";
import type { Failure } from "@/lib/core/failure";
import type { Result } from "@/lib/core/result";
import * as store from "@/lib/store/clusters";
import { connectionFields, connectionOf, endpointSchema, fingerprintSchema } from "./cluster-connection";
import { updateCluster } from "./clusters";
import { context } from "./context";
import { parseInput } from "./input";
import type { Probe } from "./proxmox";
import { forbidden, missing, refused, rejected } from "./refusals";
import type { Actor, PrivilegeCheck } from "./views";

const MANAGE = "manage clusters";

/** The certificate a server shows, to be compared by the person before a token is ever sent to it. */
export async function probeEndpoint(actor: Actor, input: { readonly url: string }): Promise<Result<Probe, Failure>> {
  const no = forbidden(actor, "owner", MANAGE);
  if (no) return no;
  const parsed = parseInput(z.object({ url: endpointSchema }), input);
  return parsed.ok ? (await context()).proxmox.probe(parsed.value.url) : parsed;
}

const privilegeSchema = z.union([
  z.object({ clusterId: z.string() }),
  z.object({ url: endpointSchema, ...connectionFields }),
]);

/** Which of the privileges Trunkline needs a token has: of a stored cluster, or of one about to be connected. */
export async function checkPrivileges(
  actor: Actor,
  input: z.input<typeof privilegeSchema>,
): Promise<Result<readonly PrivilegeCheck[], Failure>> {
  const no = forbidden(actor, "owner", MANAGE);
  if (no) return no;
  const parsed = parseInput(privilegeSchema, input);
  if (!parsed.ok) return parsed;
  const ctx = await context();
  if (!("clusterId" in parsed.value)) {
    const { url, ...rest } = parsed.value;
    return ctx.proxmox.readPrivileges({ endpoints: [url], ...rest });
  }
  const row = await store.findCluster(ctx.db, parsed.value.clusterId);
  if (!row) return missing("cluster");
  const connection = connectionOf(ctx, row);
  return connection.ok ? ctx.proxmox.readPrivileges(connection.value) : connection;
}

const addEndpointSchema = z.object({ id: z.string(), url: endpointSchema, fingerprint: fingerprintSchema });

/**
 * Adds an address to those of a cluster, asked when the ones before do not answer. Only where the cluster's token is
 * accepted: no other cluster knows its secret, so the address cannot lead to one.
 */
export async function addEndpoint(
  actor: Actor,
  input: z.input<typeof addEndpointSchema>,
): Promise<Result<null, Failure>> {
  const no = forbidden(actor, "owner", MANAGE);
  if (no) return no;
  const parsed = parseInput(addEndpointSchema, input);
  if (!parsed.ok) return parsed;
  const { id, url, fingerprint } = parsed.value;
  const ctx = await context();
  const row = await store.findCluster(ctx.db, id);
  if (!row) return missing("cluster");
  if (row.endpoints.includes(url)) return rejected("This address is there already.", { url: "It is there already." });
  // One way of trust for all of a cluster's addresses: with a pin anywhere, the others are compared too.
  const encrypted = row.endpoints.some((endpoint) => endpoint.startsWith("https:")) && url.startsWith("https:");
  if (encrypted && (row.fingerprint === null) !== (fingerprint === null)) {
    return row.fingerprint === null
      ? refused(
          "Could not add the address: the others are trusted through an authority, this one would be pinned.",
          "Compare the certificates of the others first and pin them, or give this node a certificate of the authority.",
        )
      : refused("Could not add the address: the others are pinned, this one is not.", "Pin its certificate.");
  }
  const pins = [row.fingerprint, fingerprint].filter((pin) => pin !== null).join(" ");
  const connection = connectionOf(ctx, row);
  if (!connection.ok) return connection;
  const tried = await ctx.proxmox.readPrivileges({ ...connection.value, endpoints: [url], fingerprint });
  if (!tried.ok) return tried;
  const endpoints = [...row.endpoints, url];
  return updateCluster(actor, { id, endpoints, fingerprint: pins === "" ? null : pins });
}
