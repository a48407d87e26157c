import type { ReactNode } from "react";

/** A named part of the inspector. */
export function InspectorSection({
  title,
  action,
  children,
}: {
  readonly title: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="flex flex-col gap-3 border-hairline border-t px-4 py-4">
      <div className="flex min-h-7 items-center justify-between gap-2">
        <h3 className="text-sm">{title}</h3>
        {action}
      </div>
      {children}
    </section>
  );
}
