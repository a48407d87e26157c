"use client";

import {
  cloneElement,
  type KeyboardEvent,
  lazy,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  type RefObject,
  Suspense,
  use,
  useRef,
  useState,
} from "react";
import { type MenuChoiceProps, type MenuItemProps, MenuPartsContext } from "./menu-parts";
import { patiently } from "./patiently";

const load = () => import("./menu-panel");
const MenuPanel = lazy(patiently(() => load().then(({ MenuPanel: Panel }) => ({ default: Panel }))));

interface MenuProps {
  /** The button that opens it. */
  readonly trigger: ReactElement<TriggerProps>;
  readonly children: ReactNode;
  readonly align?: "start" | "end";
  readonly side?: "top" | "right" | "bottom" | "left";
}

interface TriggerProps {
  readonly ref?: RefObject<HTMLButtonElement | null>;
  readonly onClick?: (event: MouseEvent<HTMLButtonElement>) => void;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLButtonElement>) => void;
  readonly onPointerEnter?: () => void;
  readonly onFocus?: () => void;
  readonly "aria-haspopup"?: "menu";
  readonly "aria-expanded"?: boolean;
  readonly "data-state"?: "open" | "closed";
}

/** A list of commands behind a button. What draws the list is fetched when the button is reached, not with the page. */
export function Menu({ trigger, children, align = "end", side = "bottom" }: MenuProps) {
  const [open, setOpen] = useState<"pointer" | "keyboard" | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const prepare = () => void load().catch(() => undefined);
  return (
    <>
      {cloneElement(trigger, {
        ref: button,
        "aria-haspopup": "menu",
        "aria-expanded": open !== null,
        "data-state": open ? "open" : "closed",
        onPointerEnter: prepare,
        onFocus: prepare,
        onClick: (event) => {
          trigger.props.onClick?.(event);
          // A press by the keyboard counts no clicks.
          if (!event.defaultPrevented) setOpen(open ? null : event.detail === 0 ? "keyboard" : "pointer");
        },
        onKeyDown: (event) => {
          trigger.props.onKeyDown?.(event);
          if (event.key !== "ArrowDown" || event.defaultPrevented) return;
          event.preventDefault();
          setOpen("keyboard");
        },
      })}
      {open && (
        <Suspense fallback={null}>
          <MenuPanel
            button={button}
            byKeyboard={open === "keyboard"}
            align={align}
            side={side}
            onClose={() => setOpen(null)}
          >
            {children}
          </MenuPanel>
        </Suspense>
      )}
    </>
  );
}

export function MenuItem(props: MenuItemProps) {
  const parts = use(MenuPartsContext);
  return parts && <parts.Item {...props} />;
}

/** One of a few settings inside a menu, the present one ticked. */
export function MenuChoice<V extends string>({ label, value, onChange, options }: MenuChoiceProps<V>) {
  const parts = use(MenuPartsContext);
  const choose = (next: string) => {
    const option = options.find((candidate) => candidate.value === next);
    if (option) onChange(option.value);
  };
  return parts && <parts.Choice label={label} value={value} onChange={choose} options={options} />;
}

export function MenuSeparator() {
  const parts = use(MenuPartsContext);
  return parts && <parts.Separator />;
}

export function MenuLabel({ children }: { readonly children: ReactNode }) {
  const parts = use(MenuPartsContext);
  return parts && <parts.Label>{children}</parts.Label>;
}
