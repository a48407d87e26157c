import type { ReactNode } from "react";

const WIDTH = { narrow: "max-w-3xl", normal: "max-w-6xl", wide: "max-w-[100rem]" } as const;

interface PageBodyProps {
  readonly width?: keyof typeof WIDTH;
  readonly children: ReactNode;
}

/** Margins and measure of an ordinary page. */
export function PageBody({ width = "normal", children }: PageBodyProps) {
  return <div className={`mx-auto w-full px-4 py-6 sm:px-8 sm:py-8 ${WIDTH[width]}`}>{children}</div>;
}
