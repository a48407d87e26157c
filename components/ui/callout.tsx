import { CircleAlert, CircleCheck, Info, type LucideIcon, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

type CalloutKind = "info" | "success" | "warning" | "error";

const LOOK: Readonly<
  Record<CalloutKind, { readonly icon: LucideIcon; readonly box: string; readonly mark: string; readonly word: string }>
> = {
  info: { icon: Info, box: "bg-accent-soft", mark: "text-accent", word: "Note" },
  success: { icon: CircleCheck, box: "bg-add-soft", mark: "text-add", word: "Good" },
  warning: { icon: TriangleAlert, box: "bg-change-soft", mark: "text-change", word: "Warning" },
  error: { icon: CircleAlert, box: "bg-destroy-soft", mark: "text-destroy", word: "Error" },
};

interface CalloutProps {
  readonly kind: CalloutKind;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  /** The next step: buttons or links. */
  readonly actions?: ReactNode;
}

/** Something that must be read: what it is, and what to do next. Errors are announced at once. */
export function Callout({ kind, title, children, actions }: CalloutProps) {
  const { icon: Icon, box, mark, word } = LOOK[kind];
  return (
    <div
      role={kind === "error" ? "alert" : undefined}
      data-tone={kind}
      className={`flex gap-2.5 rounded-md px-3 py-2.5 text-sm ${box}`}
    >
      <Icon aria-label={word} size={16} className={`mt-0.5 shrink-0 ${mark}`} />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        {title && <p className="font-medium">{title}</p>}
        {children && <div className="break-words text-text-2">{children}</div>}
        {actions && <div className="mt-1.5 flex flex-wrap gap-2">{actions}</div>}
      </div>
    </div>
  );
}
