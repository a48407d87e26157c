"use client";

import { DropdownMenu as Radix } from "radix-ui";
import {
  createContext,
  type ReactNode,
  type RefObject,
  use,
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { type MenuChoiceProps, type MenuItemProps, type MenuParts, MenuPartsContext } from "./menu-parts";

interface MenuPanelProps {
  readonly button: RefObject<HTMLButtonElement | null>;
  /** Opened by the keyboard, which then begins at the first item. */
  readonly byKeyboard: boolean;
  readonly align: "start" | "end";
  readonly side: "top" | "right" | "bottom" | "left";
  readonly onClose: () => void;
  readonly children: ReactNode;
}

const ROW =
  "flex min-h-8 select-none items-center gap-2 rounded-sm px-2 py-1 text-sm outline-none data-[highlighted]:bg-hover data-[highlighted]:shadow-[inset_2px_0_0_var(--accent)] pointer-coarse:min-h-11";

const ButtonContext = createContext<RefObject<HTMLButtonElement | null>>({ current: null });

/** The open list of a menu, beside the button it belongs to. */
export function MenuPanel({ button, byKeyboard, align, side, onClose, children }: MenuPanelProps) {
  const place = usePlace(button);
  const content = useRef<HTMLDivElement>(null);
  const shown = place !== null;
  useEffect(() => {
    if (!shown || !byKeyboard) return;
    // After Radix has put the focus on the list itself.
    const frame = requestAnimationFrame(() =>
      content.current?.querySelector<HTMLElement>("[role^=menuitem]")?.focus({ preventScroll: true }),
    );
    return () => cancelAnimationFrame(frame);
  }, [shown, byKeyboard]);
  if (!place) return null;
  const { left, top, width, height } = place;
  return (
    // Not modal: hiding the rest of the page from assistive technology is for questions, not for a list of commands.
    <Radix.Root modal={false} open onOpenChange={(open) => open || onClose()}>
      <Radix.Trigger asChild>
        <span aria-hidden tabIndex={-1} className="pointer-events-none fixed" style={{ left, top, width, height }} />
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          ref={content}
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          aria-label={button.current?.getAttribute("aria-label") ?? button.current?.textContent ?? undefined}
          aria-labelledby={undefined}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // Whatever was chosen may have put the keyboard somewhere else already.
            if (document.activeElement === document.body || document.activeElement === null) button.current?.focus();
          }}
          onInteractOutside={(event) => {
            // A press on the button closes by itself.
            if (event.target instanceof Node && button.current?.contains(event.target)) event.preventDefault();
          }}
          className="z-50 min-w-44 max-w-80 animate-enter rounded-md border border-hairline bg-raised p-1 shadow-overlay"
        >
          <ButtonContext value={button}>
            <MenuPartsContext value={PARTS}>{children}</MenuPartsContext>
          </ButtonContext>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Where the button is now. Radix goes by the place of a trigger of its own: an empty one exactly there. */
function usePlace(button: RefObject<HTMLButtonElement | null>): DOMRect | null {
  const [place, setPlace] = useState<DOMRect | null>(null);
  const measure = useCallback(() => setPlace(button.current?.getBoundingClientRect() ?? null), [button]);
  useLayoutEffect(() => {
    measure();
    window.addEventListener("scroll", measure, { capture: true, passive: true });
    window.addEventListener("resize", measure);
    return () => {
      window.removeEventListener("scroll", measure, { capture: true });
      window.removeEventListener("resize", measure);
    };
  }, [measure]);
  return place;
}

function Item({ children, onSelect, icon, shortcut, danger = false, disabledReason = null }: MenuItemProps) {
  const off = disabledReason !== null;
  const button = use(ButtonContext);
  return (
    <Radix.Item
      onSelect={(event) => {
        if (off) {
          event.preventDefault();
          return;
        }
        // A dialog that opens now gives the keyboard back to where it was: the button, for the list is gone by then.
        button.current?.focus({ preventScroll: true });
        onSelect();
      }}
      aria-disabled={off || undefined}
      className={`${ROW} ${off ? "text-text-3" : danger ? "text-destroy" : "text-text"}`}
    >
      {icon && <span className="shrink-0 text-text-3 [button:hover_&]:text-text">{icon}</span>}
      <span className="min-w-0 flex-1">
        {children}
        {off && <span className="block text-text-3 text-xs">{disabledReason}</span>}
      </span>
      {shortcut && <span className="shrink-0 pl-4 text-text-3 text-xs">{shortcut}</span>}
    </Radix.Item>
  );
}

function Choice({ label, value, onChange, options }: MenuChoiceProps<string>) {
  return (
    <Radix.RadioGroup value={value} aria-label={label} onValueChange={onChange}>
      {options.map((option) => (
        <Radix.RadioItem key={option.value} value={option.value} className={ROW}>
          <span aria-hidden className="flex size-3.5 items-center justify-center">
            <Radix.ItemIndicator>
              <span className="block size-1.5 rounded-full bg-accent" />
            </Radix.ItemIndicator>
          </span>
          {option.label}
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}

const PARTS: MenuParts = {
  Item,
  Choice,
  Separator: () => <Radix.Separator className="my-1 h-px bg-hairline" />,
  Label: ({ children }) => <Radix.Label className="px-2 py-1 text-text-3 text-xs">{children}</Radix.Label>,
};
