/** Pixels of the picture for each of its own: sharp on paper and on dense screens. */
const SHARP = 2;
/** Browsers give up on larger canvases, and a smaller picture could not be read. */
const MOST = 16_000;

/** Draws an SVG that stands alone as a PNG. Rejects with a sentence where the browser cannot. */
export async function svgToPng(svg: string): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const scale = Math.min(SHARP, MOST / Math.max(image.naturalWidth, image.naturalHeight));
  if (scale < 1) throw new Error("That many VNets cannot be read in a PNG; take the SVG.");
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.floor(image.naturalWidth * scale));
  canvas.height = Math.max(1, Math.floor(image.naturalHeight * scale));
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("This browser could not draw a picture of that size; take the SVG.");
  return blob;
}
