import type { Page } from "@playwright/test";

/**
 * Measures the contrast of texts whose ground axe cannot tell, because something lies beside, under or over them: the
 * text's colour against the colours of what it is inside of, or in a picture of the shape it is drawn on. One line for
 * each that is too pale or cannot be measured.
 */
export function paleTexts(page: Page, targets: readonly string[]): Promise<string[]> {
  return page.evaluate((places) => {
    type Colour = readonly [red: number, green: number, blue: number, alpha: number];
    const pen = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const known = new Map<string, Colour>();

    /** Any colour CSS has, as numbers. */
    const read = (text: string): Colour => {
      const before = known.get(text);
      if (before) return before;
      if (!pen) return [0, 0, 0, 0];
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = text;
      pen.fillRect(0, 0, 1, 1);
      const [red = 0, green = 0, blue = 0, alpha = 0] = pen.getImageData(0, 0, 1, 1).data;
      const colour: Colour = [red, green, blue, alpha / 255];
      known.set(text, colour);
      return colour;
    };
    const over = (top: Colour, ground: Colour): Colour => {
      const mix = (at: 0 | 1 | 2) => top[at] * top[3] + ground[at] * (1 - top[3]);
      return [mix(0), mix(1), mix(2), 1];
    };
    const light = ([red, green, blue]: Colour): number => {
      const [r = 0, g = 0, b = 0] = [red, green, blue].map((each) => {
        const part = each / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };

    /** The grounds of an element from itself outwards, until one covers everything. Null where an image lies between. */
    const groundOf = (element: Element): Colour | null => {
      const layers: Colour[] = [];
      for (let at: Element | null = element; at; at = at.parentElement) {
        const drawn = at instanceof SVGElement ? shapeUnder(at) : null;
        if (drawn) layers.push(read(getComputedStyle(drawn).fill));
        const style = getComputedStyle(at);
        // An image in one row is a line under the words, as editors mark mistakes, and no ground.
        const line = style.backgroundRepeat === "repeat-x";
        if (!(at instanceof SVGElement) && style.backgroundImage !== "none" && !line) {
          // Hatching of the page's own colours is as dark as its darkest line; anything else is not for guessing.
          if (!style.backgroundImage.startsWith("repeating-linear-gradient")) return null;
          const lines = style.backgroundImage.match(/(?:rgba?|color|oklab|oklch|color-mix)\([^()]*\)/g) ?? [];
          for (const each of lines) if (read(each)[3] > 0) layers.push(read(each));
        }
        layers.push(read(style.backgroundColor));
        if (layers.some(([, , , alpha]) => alpha === 1)) break;
      }
      const base: Colour = [255, 255, 255, 1];
      return layers.reduceRight<Colour>((ground, layer) => over(layer, ground), base);
    };
    /** The rectangle that was drawn before a text in the same group. */
    const shapeUnder = (text: SVGElement): Element | null => {
      for (let at = text.previousElementSibling; at; at = at.previousElementSibling)
        if (at.tagName === "rect") return at;
      return null;
    };

    return places.flatMap((place) => {
      const element = document.querySelector(place);
      if (!element) return [];
      const style = getComputedStyle(element);
      const ground = groundOf(element);
      if (!ground) return [`contrast cannot be measured over an image: ${place}`];
      const drawn = element instanceof SVGElement ? style.fill : style.color;
      const [a, b] = [light(over(read(drawn), ground)), light(ground)];
      const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      const size = Number.parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      return ratio >= (large ? 3 : 4.5) ? [] : [`contrast of ${ratio.toFixed(2)}: ${place}`];
    });
  }, targets);
}
