"use client";

import { type KeyboardEvent, type PointerEvent, useState } from "react";

/** The least and the most that the first view may have, in percent. */
const LEAST = 25;
const STEP = 5;

interface BorderProps {
  /** Percent of the width that the first view has. */
  readonly share: number;
  readonly onChange: (share: number) => void;
  /** The share for a border at this place of the window, in pixels. */
  readonly shareAt: (x: number) => number;
}

/** The border between two views, moved with the pointer or with arrows. */
export function SplitBorder({ share, onChange: take, shareAt }: BorderProps) {
  const onChange = (value: number) => take(Math.min(100 - LEAST, Math.max(LEAST, value)));
  const [held, setHeld] = useState(false);
  const move = (event: PointerEvent) => held && onChange(Math.round(shareAt(event.clientX)));
  const steps: Partial<Record<string, number>> = {
    ArrowLeft: share - STEP,
    ArrowRight: share + STEP,
    Home: LEAST,
    End: 100 - LEAST,
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr cannot be moved
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label="Border between the two views"
      aria-valuenow={share}
      aria-valuemin={LEAST}
      aria-valuemax={100 - LEAST}
      tabIndex={0}
      onKeyDown={(event: KeyboardEvent) => {
        const to = steps[event.key];
        if (to === undefined) return;
        event.preventDefault();
        onChange(to);
      }}
      onDoubleClick={() => onChange(50)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setHeld(true);
      }}
      onPointerMove={move}
      onPointerUp={() => setHeld(false)}
      onPointerCancel={() => setHeld(false)}
      className={`relative z-10 w-px shrink-0 cursor-col-resize touch-none bg-hairline before:absolute before:inset-y-0 before:-left-3 before:w-6 hover:bg-accent max-[899px]:hidden ${held ? "bg-accent" : ""}`}
    />
  );
}
