"use client";

import type { ReactNode } from "react";
import { Button, type ButtonProps } from "./button";
import { classNames } from "./class-names";
import { tip } from "./tip";

type IconButtonProps = Omit<ButtonProps, "children" | "icon" | "aria-label"> & {
  /** What it does; becomes the accessible name and the tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
  /** Shown after the label in the tooltip, e.g. "⌘Z". */
  readonly shortcut?: string;
};

/** A square button with only an icon. It always carries a name. */
export function IconButton({
  label,
  icon,
  shortcut,
  size = "md",
  variant = "ghost",
  className,
  ...rest
}: IconButtonProps) {
  const square = size === "sm" ? "size-7 px-0" : size === "lg" ? "size-10 px-0" : "size-8 px-0";
  const says = rest.disabledReason ? {} : tip(shortcut ? `${label} · ${shortcut}` : label, { quiet: true });
  return (
    <Button
      {...says}
      {...rest}
      variant={variant}
      size={size}
      aria-label={label}
      icon={icon}
      className={classNames(square, "pointer-coarse:min-w-11", className)}
    />
  );
}
