import type { ReactNode } from "react";

interface PageHeaderProps {
  readonly title: ReactNode;
  readonly description?: ReactNode;
  /** Small facts beside the title. */
  readonly facts?: ReactNode;
  /** Primary action last. */
  readonly actions?: ReactNode;
  /** A link back to where this came from. */
  readonly back?: ReactNode;
}

/** The top of a page: its only h1, and what can be done on it. */
export function PageHeader({ title, description, facts, actions, back }: PageHeaderProps) {
  return (
    <header className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3 pb-5">
      <div className="min-w-0">
        {back && <div className="mb-1.5 text-text-3 text-xs">{back}</div>}
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <h1 className="text-xl">{title}</h1>
          {facts}
        </div>
        {description && <p className="mt-1 max-w-2xl text-sm text-text-2">{description}</p>}
      </div>
      {actions && <div className="flex flex-wrap gap-2">{actions}</div>}
    </header>
  );
}
