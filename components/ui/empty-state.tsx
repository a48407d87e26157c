import type { ReactNode } from "react";

interface EmptyStateProps {
  readonly title: string;
  /** What will be here, and how to get it here. */
  readonly children?: ReactNode;
  readonly icon?: ReactNode;
  readonly actions?: ReactNode;
}

/** Stands where a list would be. */
export function EmptyState({ title, children, icon, actions }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-2 rounded-lg border border-hairline border-dashed px-6 py-12 text-center">
      {icon && <div className="mb-1 text-text-3">{icon}</div>}
      <p className="font-medium text-base">{title}</p>
      {children && <div className="max-w-md text-sm text-text-2">{children}</div>}
      {actions && <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>}
    </div>
  );
}
