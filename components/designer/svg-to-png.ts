import { pngFile } from "./png-file";

/** Pixels of the picture for each of its own: sharp on paper and on dense screens. */
const SHARP = 2;
/** Above this many pixels in height a picture is drawn at its own size. */
const TALL = 30_000;
/** Programs that show pictures give up here; it is 2,700 VNets. */
const MOST = 65_000;
/** Rows that are drawn at once: what every browser has a canvas for. */
const STRIP = 1_000;

/** Draws an SVG that stands alone as a PNG. Rejects with a sentence where that cannot be. */
export async function svgToPng(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const { naturalWidth, naturalHeight } = image;
  if (naturalHeight > MOST) throw new Error("So many VNets are too tall for a PNG; take the SVG.");
  const scale = naturalHeight * SHARP > TALL ? 1 : SHARP;
  const [width, height] = [naturalWidth * scale, naturalHeight * scale];
  const canvas = document.createElement("canvas");
  canvas.width = width;
  const file = pngFile(width, height);
  for (let top = 0; top < height; top += STRIP) {
    canvas.height = Math.min(STRIP, height - top);
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    if (!pen) throw new Error("This browser could not draw a picture of that size; take the SVG.");
    pen.drawImage(image, 0, -top, width, height);
    await file.add(pen.getImageData(0, 0, width, canvas.height).data);
  }
  return file.finish();
}
