import * as z from "zod";
import type { Failure } from "@/lib/core/failure";
import { err, ok, type Result } from "@/lib/core/result";
import type { ClusterRow } from "@/lib/store/clusters";
import type { Context } from "./context";
import type { Connection } from "./proxmox";

/** An address as people type it, reduced to what it leads to. */
export const endpointSchema = z
  .string("Enter an address.")
  .trim()
  .refine(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol),
    "Enter an address like https://pve1.example.org:8006.",
  )
  .refine((text) => !URL.canParse(text) || new URL(text).username === "", "Leave user and password out of the address.")
  .transform((text) => new URL(text).origin);
const FINGERPRINT = /^([0-9A-F]{2}:){31}[0-9A-F]{2}$/;
/** One pin, or one for each address, in one text. */
export const fingerprintSchema = z
  .string()
  .transform((text) => [...new Set(text.toUpperCase().split(/[\s,]+/))].filter((pin) => pin !== "").join(" "))
  .refine(
    (pins) => pins.split(" ").every((pin) => FINGERPRINT.test(pin)),
    "Enter the SHA-256 fingerprint: 32 pairs of hexadecimal digits with colons.",
  )
  .nullable();
const tokenIdSchema = z
  .string("Enter the token's id.")
  .trim()
  .regex(/^[^@\s!=]+@[^@\s!=]+![^@\s!=]+$/, "Enter the token's id like trunkline@pve!app.");
const secretSchema = z
  .string("Enter the token's secret.")
  .trim()
  .regex(/^\S+$/, "Enter the token's secret, without spaces.");

export const connectionFields = { fingerprint: fingerprintSchema, tokenId: tokenIdSchema, secret: secretSchema };
export const sealPurpose = (clusterId: string): string => `cluster/${clusterId}/token`;

/** Connection of a stored cluster, its secret unsealed. Internal: never hand this to a page. */
export function connectionOf(ctx: Context, row: ClusterRow): Result<Connection, Failure> {
  const secret = ctx.seal.open(row.sealedSecret ?? "", sealPurpose(row.id));
  if (!secret.ok)
    return err({
      kind: "unauthorized",
      retry: false,
      message: `Could not use the token of ${row.name}. ${secret.error}`,
    });
  return ok({ endpoints: row.endpoints, fingerprint: row.fingerprint, tokenId: row.tokenId, secret: secret.value });
}
