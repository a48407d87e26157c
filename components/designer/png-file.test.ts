import { inflateSync } from "node:zlib";
import { expect, it } from "vitest";
import { pngFile } from "./png-file";

it("writes strips as one PNG that reads back pixel by pixel", async () => {
  const [width, height] = [3, 5];
  const pixels = Uint8ClampedArray.from({ length: width * height * 4 }, (_, at) => (at % 4 === 3 ? 255 : at * 7));
  const file = pngFile(width, height);
  await file.add(pixels.slice(0, width * 2 * 4));
  await file.add(pixels.slice(width * 2 * 4));
  const bytes = Buffer.from(await (await file.finish()).arrayBuffer());

  expect(bytes.subarray(1, 4).toString()).toBe("PNG");
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    chunks.set(bytes.toString("latin1", at + 4, at + 8), bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  expect([...chunks.keys()]).toEqual(["IHDR", "IDAT", "IEND"]);
  expect([chunks.get("IHDR")?.readUInt32BE(0), chunks.get("IHDR")?.readUInt32BE(4)]).toEqual([width, height]);
  const rows = inflateSync(chunks.get("IDAT") ?? Buffer.alloc(0));
  const read = Array.from({ length: height }, (_, row) => [...rows.subarray(row * 10 + 1, row * 10 + 10)]).flat();
  expect(read).toEqual([...pixels].filter((_, at) => at % 4 !== 3));
  // The checksum every PNG ends with.
  expect(bytes.subarray(-4).toString("hex")).toBe("ae426082");
});
