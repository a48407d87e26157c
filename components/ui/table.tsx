import type { ComponentProps, ReactNode } from "react";
import { classNames } from "./class-names";

interface TableProps {
  /** Read out as the table's name; not shown. */
  readonly caption: string;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A plain table in a box that scrolls sideways when it must. Use with `Th`, `Td` and ordinary `tr`. */
export function Table({ caption, children, className }: TableProps) {
  return (
    <section
      aria-label={caption}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable from the keyboard
      tabIndex={0}
      className={classNames("relative overflow-x-auto rounded-lg border border-hairline bg-surface", className)}
    >
      <table className="w-full border-collapse text-sm [&_tbody_tr:not(:last-child)]:border-hairline [&_tbody_tr:not(:last-child)]:border-b">
        <caption className="sr-only">{caption}</caption>
        {children}
      </table>
    </section>
  );
}

export function Th({ className, ...rest }: ComponentProps<"th">) {
  return (
    <th
      scope="col"
      {...rest}
      className={classNames(
        "h-8 whitespace-nowrap border-hairline border-b px-3 text-left font-medium text-text-3 text-xs",
        className,
      )}
    />
  );
}

export function Td({ className, ...rest }: ComponentProps<"td">) {
  return <td {...rest} className={classNames("h-row px-3 py-1.5 align-middle", className)} />;
}
