/**
 * Writes a PNG strip by strip, so that its height is not bounded by the largest canvas of a browser. Colours are RGB
 * without transparency, as a picture with a ground of its own needs none.
 */
export interface PngFile {
  /** The next rows, four bytes a pixel as a canvas gives them. */
  readonly add: (rgba: Uint8ClampedArray) => Promise<void>;
  readonly finish: () => Promise<Blob>;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export function pngFile(width: number, height: number): PngFile {
  const head = new DataView(new ArrayBuffer(13));
  head.setUint32(0, width);
  head.setUint32(4, height);
  // Eight bits a channel, RGB; the three that follow have only one value each.
  head.setUint8(8, 8);
  head.setUint8(9, 2);
  const packer = new CompressionStream("deflate");
  const writer = packer.writable.getWriter();
  const packed = new Response(packer.readable).arrayBuffer();
  return {
    async add(rgba) {
      await writer.write(rows(rgba, width));
    },
    async finish() {
      await writer.close();
      const data = new Uint8Array(await packed);
      const parts = [new Uint8Array(SIGNATURE), chunk("IHDR", new Uint8Array(head.buffer)), chunk("IDAT", data)];
      return new Blob([...parts, chunk("IEND", new Uint8Array())], { type: "image/png" });
    },
  };
}

/** Each row begins with the number of its filter; none is needed for even surfaces. */
function rows(rgba: Uint8ClampedArray, width: number): Uint8Array<ArrayBuffer> {
  const count = rgba.length / 4 / width;
  const out = new Uint8Array(count * (1 + width * 3));
  let to = 0;
  let from = 0;
  for (let row = 0; row < count; row += 1) {
    to += 1;
    for (let x = 0; x < width; x += 1) {
      out[to] = rgba[from] ?? 0;
      out[to + 1] = rgba[from + 1] ?? 0;
      out[to + 2] = rgba[from + 2] ?? 0;
      to += 3;
      from += 4;
    }
  }
  return out;
}

function chunk(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(12 + data.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, data.length);
  for (let at = 0; at < 4; at += 1) out[4 + at] = type.charCodeAt(at);
  out.set(data, 8);
  view.setUint32(8 + data.length, checksum(out.subarray(4, 8 + data.length)));
  return out;
}

/** The CRC-32 of PNG (ISO 3309), by a table made at first use. */
function checksum(bytes: Uint8Array): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffff_ffff) >>> 0;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, value) => {
  let crc = value;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? 0xedb8_8320 ^ (crc >>> 1) : crc >>> 1;
  return crc >>> 0;
});
