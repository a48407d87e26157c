import type { ReactNode } from "react";
import { classNames } from "./class-names";

export type Tone = "neutral" | "accent" | "add" | "change" | "destroy";

const TONE: Readonly<Record<Tone, string>> = {
  neutral: "border-hairline bg-surface text-text-2",
  accent: "border-transparent bg-accent-soft text-accent",
  add: "border-transparent bg-add-soft text-add",
  change: "border-transparent bg-change-soft text-change",
  destroy: "border-transparent bg-destroy-soft text-destroy",
};

interface BadgeProps {
  readonly tone?: Tone;
  readonly icon?: ReactNode;
  readonly mono?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/** A short fact on one line. The words carry the meaning, the colour only helps to find them. */
export function Badge({ tone = "neutral", icon, mono = false, className, children }: BadgeProps) {
  return (
    <span
      data-tone={tone}
      className={classNames(
        "inline-flex h-5 shrink-0 items-center gap-1 whitespace-nowrap rounded-xs border px-1.5 text-xs",
        mono ? "mono" : tone === "neutral" ? "" : "font-medium",
        TONE[tone],
        className,
      )}
    >
      {icon}
      {children}
    </span>
  );
}
