"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useRef } from "react";

interface VirtualListProps {
  /** The list's name for assistive technology. */
  readonly label: string;
  readonly count: number;
  /** Height of most rows in pixels; each row is measured once it is drawn. */
  readonly rowHeight: number;
  readonly rowKey: (index: number) => string | number;
  readonly row: (index: number) => ReactNode;
  /** Height and look of the box that scrolls. */
  readonly className: string;
  readonly rowClassName?: string;
}

/** A list of any length in a box that scrolls: only the rows in sight are in the document. */
export function VirtualList({ label, count, rowHeight, rowKey, row, className, rowClassName = "" }: VirtualListProps) {
  "use no memo"; // the virtualizer changes in place, which a memoised result would not see
  const scroller = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    getItemKey: rowKey,
  });
  return (
    <section
      ref={scroller}
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable from the keyboard
      tabIndex={0}
      className={`overflow-y-auto outline-offset-[-2px] ${className}`}
    >
      <ul className="relative" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map((item) => (
          <li
            key={item.key}
            ref={virtual.measureElement}
            data-index={item.index}
            aria-setsize={count}
            aria-posinset={item.index + 1}
            className={`absolute inset-x-0 top-0 ${rowClassName}`}
            style={{ transform: `translateY(${item.start}px)` }}
          >
            {row(item.index)}
          </li>
        ))}
      </ul>
    </section>
  );
}
