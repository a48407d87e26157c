import { createPublicKey, verify } from "node:crypto";
import ssh2 from "ssh2";
import { expect, it } from "vitest";
import { createKeyPair } from "./key-pair";

it("is an ed25519 pair that OpenSSH's format readers understand, and the halves belong together", () => {
  const pair = createKeyPair("trunkline@pve1 test");
  expect(pair.publicKey).toMatch(/^ssh-ed25519 [A-Za-z0-9+/]+={0,2} trunkline@pve1-test$/);
  const parsed = ssh2.utils.parseKey(pair.privateKey);
  if (parsed instanceof Error || Array.isArray(parsed)) throw new Error("not one key");
  expect(parsed.getPublicSSH().toString("base64")).toBe(pair.publicKey.split(" ")[1]);
  const signature = parsed.sign(Buffer.from("words"));
  if (signature instanceof Error) throw signature;
  const key = createPublicKey(parsed.getPublicPEM());
  expect(verify(null, Buffer.from("words"), key, signature)).toBe(true);
});

it("is another one each time", () => {
  expect(createKeyPair("a").publicKey).not.toBe(createKeyPair("a").publicKey);
});
