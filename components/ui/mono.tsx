import type { ReactNode } from "react";
import { classNames } from "./class-names";

/** Tags, CIDRs, ids and commands: anything where each character counts. */
export function Mono({ children, className }: { readonly children: ReactNode; readonly className?: string }) {
  return <span className={classNames("mono", className)}>{children}</span>;
}
