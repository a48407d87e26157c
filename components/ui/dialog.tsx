"use client";

import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { type ReactNode, useState } from "react";
import { Button } from "./button";

interface DialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly title: string;
  readonly description?: ReactNode;
  readonly children: ReactNode;
  /** Widest the dialog gets. */
  readonly width?: "sm" | "md" | "lg";
}

const WIDTH = { sm: "max-w-md", md: "max-w-xl", lg: "max-w-3xl" } as const;

/** What a dialog begins with, unless it says so by `autoFocus`; its Close button only where there is nothing to fill in. */
const FIELD = [
  "input:not([aria-hidden])",
  "textarea",
  "[role=combobox]",
  "[role=checkbox]",
  "[role=radio][data-state=checked]",
  "[role=tab][data-state=active]",
].join();

/** A modal question. Put the buttons in a `DialogActions` at the end of the children. */
export function Dialog({ open, ...props }: DialogProps) {
  return open ? <OpenDialog {...props} /> : null;
}

function OpenDialog({ onOpenChange, title, description, children, width = "sm" }: Omit<DialogProps, "open">) {
  // Before a field of the dialog takes the keyboard for itself.
  const [from] = useState(() => (typeof document === "undefined" ? null : document.activeElement));
  return (
    <Radix.Root open onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-[late_120ms_ease-out_both] bg-[rgb(10_14_20/0.45)]" />
        <Radix.Content
          onOpenAutoFocus={(event) => {
            const first =
              event.currentTarget instanceof Element && event.currentTarget.querySelector<HTMLElement>(FIELD);
            if (!first) return;
            event.preventDefault();
            first.focus();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            giveBack(from);
          }}
          onEscapeKeyDown={(event) => {
            // A field that opened inside closes first.
            if (event.target instanceof Element && event.target.closest("[data-own-escape]")) event.preventDefault();
          }}
          {...(description ? {} : { "aria-describedby": undefined })}
          className={`fixed inset-x-4 top-[max(1rem,12vh)] z-50 mx-auto max-h-[80vh] animate-enter overflow-y-auto rounded-lg border border-hairline bg-raised p-5 shadow-overlay ${WIDTH[width]}`}
        >
          <div className="mb-4 flex items-start justify-between gap-4">
            <div>
              <Radix.Title className="text-lg">{title}</Radix.Title>
              {description && <Radix.Description className="mt-1 text-sm text-text-2">{description}</Radix.Description>}
            </div>
            <Radix.Close asChild>
              <Button
                variant="ghost"
                size="sm"
                aria-label="Close"
                icon={<X aria-hidden size={16} />}
                className="-mt-1 -mr-1 size-7 px-0 pointer-coarse:min-w-11"
              />
            </Radix.Close>
          </div>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** The keyboard goes on where it was, or at the page where that is gone, unless somebody has taken it already. */
function giveBack(from: Element | null): void {
  if (document.activeElement !== document.body && document.activeElement !== null) return;
  if (from instanceof HTMLElement && from.isConnected) from.focus();
  if (document.activeElement === document.body) document.getElementById("content")?.focus();
}

/** The buttons of a dialog, primary last. */
export function DialogActions({ children }: { readonly children: ReactNode }) {
  return <div className="mt-2 flex flex-wrap justify-end gap-2">{children}</div>;
}
