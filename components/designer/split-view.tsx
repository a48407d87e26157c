"use client";

import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { useDesigner } from "./designer-context";
import { ViewPane } from "./view-pane";

const LEAST = 25;
const STEP = 5;

/** The view, or two of them side by side with a movable border. Where there is little room only the first is shown. */
export function SplitView() {
  const { main, beside } = useDesigner((state) => state.views);
  const active = useDesigner((state) => state.active);
  const [share, setShare] = useState(55);
  const root = useRef<HTMLDivElement>(null);
  // On a small screen the one with the keyboard is shown, so that both can be reached.
  const hidden = "max-[899px]:hidden";
  return (
    <div ref={root} className="flex min-w-0 flex-1">
      <div
        style={beside === null ? undefined : { flexBasis: `${share}%` }}
        className={`min-w-0 max-[899px]:basis-full! ${beside === null ? "flex-1" : "shrink-0 grow-0"} ${beside !== null && active === beside ? hidden : ""}`}
      >
        <ViewPane key={main} id={main} />
      </div>
      {beside !== null && (
        <>
          <Border
            share={share}
            onChange={(value) => setShare(Math.min(100 - LEAST, Math.max(LEAST, value)))}
            shareAt={(x) => {
              const box = root.current?.getBoundingClientRect();
              return box ? ((x - box.left) / box.width) * 100 : share;
            }}
          />
          <div className={`min-w-0 flex-1 ${active === beside ? "" : hidden}`}>
            <ViewPane key={beside} id={beside} />
          </div>
        </>
      )}
    </div>
  );
}

interface BorderProps {
  /** Percent of the width that the first view has. */
  readonly share: number;
  readonly onChange: (share: number) => void;
  /** The share for a border at this place of the window, in pixels. */
  readonly shareAt: (x: number) => number;
}

function Border({ share, onChange, shareAt }: BorderProps) {
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
