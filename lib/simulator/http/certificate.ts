import { X509Certificate } from "node:crypto";
import { generate } from "selfsigned";

/** A self-signed certificate with its key, both as PEM text. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** SHA-256 over the certificate: upper-case hexadecimal pairs with colons, as Proxmox shows it. */
  readonly fingerprint: string;
}

/** Makes a fresh certificate for `host`, good for ten years. */
export async function makeCertificate(host: string): Promise<Certificate> {
  const notAfterDate = new Date();
  notAfterDate.setFullYear(notAfterDate.getFullYear() + 10);
  const { private: key, cert } = await generate([{ name: "commonName", value: host }], {
    keySize: 2048,
    algorithm: "sha256",
    notAfterDate,
  });
  return { key, cert, fingerprint: new X509Certificate(cert).fingerprint256 };
}
