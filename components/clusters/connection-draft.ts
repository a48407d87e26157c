/** What a person has entered so far to connect a cluster. */
export interface ConnectionDraft {
  readonly url: string;
  /** Null: plain HTTP, or a certificate the server's system trusts. */
  readonly fingerprint: string | null;
  readonly tokenId: string;
  readonly secret: string;
}

/** The commands that create a user and a token with exactly the rights Trunkline uses. */
export const TOKEN_COMMANDS = [
  "pveum user add trunkline@pve",
  "pveum user token add trunkline@pve app --privsep 1",
  "pveum acl modify / --users trunkline@pve --tokens 'trunkline@pve!app' --roles PVEAuditor",
  "pveum acl modify /sdn --users trunkline@pve --tokens 'trunkline@pve!app' --roles PVESDNAdmin",
].join("\n");

/** Prints the fingerprint of the certificate a node shows, to compare with the one that was seen from here. */
export const FINGERPRINT_COMMAND = "openssl x509 -noout -fingerprint -sha256 -in /etc/pve/local/pve-ssl.pem";
