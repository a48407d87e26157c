"use client";

import dynamic from "next/dynamic";
import { useRef, useState } from "react";
import { patiently } from "@/components/ui/patiently";
import { useDesigner } from "./designer-context";
import { ViewPane } from "./view-pane";

const SplitBorder = dynamic(
  patiently(() => import("./split-border").then((module) => module.SplitBorder)),
  {
    loading: () => null,
  },
);

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
          <SplitBorder
            share={share}
            onChange={setShare}
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
