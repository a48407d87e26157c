"use client";

import { useDesigner } from "./designer-context";

/** Says what was just done to those who cannot see it, and shortly to everyone else. */
export function LiveRegion() {
  const { id, text } = useDesigner((state) => state.notice);
  return (
    <div role="status" aria-live="polite" className="pointer-events-none fixed bottom-3 left-1/2 z-30 -translate-x-1/2">
      {text !== "" && (
        // A new element each time, so that the same words are spoken again.
        <p key={id} className="designer-notice rounded-md bg-text px-3 py-1.5 text-bg text-xs shadow-overlay">
          {text}
        </p>
      )}
    </div>
  );
}
