"use client";

import { useEffect, useLayoutEffect, useRef, useState } from "react";
import type { TipAttributes, TipSide } from "./tip";
import { tipPlace } from "./tip-place";

const HOVER_MS = 400;
/** So soon after one tip the next comes without waiting. */
const NEIGHBOUR_MS = 300;
/** Time to move from the element onto its tip. */
const GRACE_MS = 120;
const ID = "tooltip";

interface Shown {
  readonly element: HTMLElement;
  readonly text: string;
  readonly side: TipSide;
  readonly narrow: boolean;
}

/**
 * The one tooltip of the page, for every element with the attributes of tip.ts. It comes on hover and on focus by the
 * keyboard, goes with Escape, and stays while the pointer is on it.
 */
export function Tooltip() {
  const [shown, show] = useState<Shown | null>(null);
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => watchTips(show), []);
  useLayoutEffect(() => {
    const tip = box.current;
    if (!shown || !tip) return;
    // Above dialogs too, where the browser knows how.
    tip.showPopover?.();
    const { left, top } = tipPlace(shown.element.getBoundingClientRect(), tip.getBoundingClientRect(), shown.side, {
      width: document.documentElement.clientWidth,
      height: document.documentElement.clientHeight,
    });
    tip.style.translate = `${left}px ${top}px`;
    return described(shown.element);
  }, [shown]);

  if (!shown) return null;
  return (
    <div
      ref={box}
      id={ID}
      role="tooltip"
      popover="manual"
      className={`fixed inset-auto top-0 left-0 z-50 m-0 max-w-72 animate-enter rounded-sm border border-transparent bg-text px-2 py-1 text-bg text-xs ${shown.narrow ? "xl:hidden" : ""}`}
    >
      {shown.text}
    </div>
  );
}

/** Says the tip with its element while it is shown, unless it only repeats the element's name. */
function described(element: HTMLElement): (() => void) | undefined {
  if (element.dataset["tipQuiet"] !== undefined) return undefined;
  const before = element.getAttribute("aria-describedby");
  element.setAttribute("aria-describedby", before ? `${before} ${ID}` : ID);
  return () => {
    if (before === null) element.removeAttribute("aria-describedby");
    else element.setAttribute("aria-describedby", before);
  };
}

function watchTips(show: (shown: Shown | null) => void): () => void {
  let over: HTMLElement | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hiddenAt = Number.NEGATIVE_INFINITY;
  let open = false;

  const later = (ms: number, work: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(work, ms);
  };
  const openAt = (element: HTMLElement) => {
    clearTimeout(timer);
    const { tip, tipSide = "top", tipNarrow } = element.dataset;
    if (!tip || !element.isConnected) return;
    open = true;
    over = element;
    show({ element, text: tip, side: tipSide as TipSide, narrow: tipNarrow !== undefined });
  };
  const close = () => {
    clearTimeout(timer);
    if (!open) return;
    open = false;
    hiddenAt = performance.now();
    show(null);
  };
  const moveTo = (element: HTMLElement | null) => {
    if (element === over) {
      // Back on the same element; over nothing again is no reason to stay.
      if (open && element) clearTimeout(timer);
      return;
    }
    over = element;
    if (element === null) {
      if (open) later(GRACE_MS, close);
      else clearTimeout(timer);
    } else if (open || performance.now() - hiddenAt < NEIGHBOUR_MS) openAt(element);
    else later(HOVER_MS, () => openAt(element));
  };

  const onOver = ({ target, pointerType }: PointerEvent) => {
    if (pointerType === "touch") return;
    if (target instanceof Element && target.closest(`#${ID}`)) clearTimeout(timer);
    else moveTo(tipOf(target));
  };
  const onFocus = ({ target }: FocusEvent) => {
    const element = tipOf(target);
    if (element && element === target && element.matches(":focus-visible")) openAt(element);
    else if (open) close();
  };
  const onPress = ({ target }: Event) => {
    const element = tipOf(target);
    // What cannot be used says why when it is pressed; a finger has no other way to ask.
    if (element?.getAttribute("aria-disabled") === "true") openAt(element);
    else close();
    // Not again before the pointer has left it.
    over = element;
  };
  const onKey = ({ key }: KeyboardEvent) => {
    if (key === "Escape") close();
  };
  const onLeave = () => later(GRACE_MS, close);

  const listeners: readonly [string, EventListener][] = [
    ["pointerover", onOver as EventListener],
    ["focusin", onFocus as EventListener],
    ["focusout", close],
    ["click", onPress],
    ["keydown", onKey as EventListener],
    ["scroll", close],
  ];
  for (const [name, listener] of listeners) document.addEventListener(name, listener, { capture: true, passive: true });
  document.documentElement.addEventListener("pointerleave", onLeave);
  return () => {
    clearTimeout(timer);
    for (const [name, listener] of listeners) document.removeEventListener(name, listener, { capture: true });
    document.documentElement.removeEventListener("pointerleave", onLeave);
  };
}

const tipOf = (target: EventTarget | null): HTMLElement | null =>
  target instanceof Element ? target.closest<HTMLElement>(`[${"data-tip" satisfies keyof TipAttributes}]`) : null;
