export type TipSide = "top" | "right" | "bottom" | "left";

export interface TipAttributes {
  readonly "data-tip": string;
  readonly "data-tip-side"?: TipSide;
  readonly "data-tip-quiet"?: "";
  readonly "data-tip-narrow"?: "";
}

interface TipOptions {
  readonly side?: TipSide;
  /** The text only repeats the element's name, so it is not read out a second time. */
  readonly quiet?: boolean;
  /** On wide pages the text is written out anyway. */
  readonly narrow?: boolean;
}

/**
 * Attributes that give a focusable element words on hover and focus (tooltip.tsx). Never the only place of something a
 * person must know to go on.
 */
export function tip(text: string, { side, quiet = false, narrow = false }: TipOptions = {}): TipAttributes {
  return {
    "data-tip": text,
    ...(side ? { "data-tip-side": side } : {}),
    ...(quiet ? { "data-tip-quiet": "" } : {}),
    ...(narrow ? { "data-tip-narrow": "" } : {}),
  };
}
