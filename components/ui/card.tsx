import type { ReactNode } from "react";
import { classNames } from "./class-names";

/** A bordered surface. */
export function Card({ children, className }: { readonly children: ReactNode; readonly className?: string }) {
  return <div className={classNames("rounded-lg border border-hairline bg-surface", className)}>{children}</div>;
}

interface SectionCardProps {
  /** Makes the part reachable by a link. */
  readonly id?: string;
  readonly title: string;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

/** A titled part of a page. */
export function SectionCard({ id, title, description, actions, children }: SectionCardProps) {
  return (
    <section id={id} className="scroll-mt-4 rounded-lg border border-hairline bg-surface">
      <div className="flex flex-wrap items-start justify-between gap-3 px-4 pt-3.5 pb-3">
        <div className="min-w-0 flex-1 basis-64">
          <h2 className="text-base">{title}</h2>
          {description && <p className="mt-0.5 text-sm text-text-2">{description}</p>}
        </div>
        {actions && <div className="flex gap-2">{actions}</div>}
      </div>
      {children && <div className="px-4 pb-4">{children}</div>}
    </section>
  );
}
