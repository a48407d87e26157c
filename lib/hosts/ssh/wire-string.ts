/** A string of the SSH protocol: four bytes of length, then the bytes (RFC 4251 section 5). */
export function wireString(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
