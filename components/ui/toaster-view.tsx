"use client";

import { Toaster as Sonner } from "sonner";

/** The confirmations themselves, in the colours of the theme. */
export function ToasterView() {
  return (
    <Sonner
      position="bottom-right"
      toastOptions={{
        style: {
          background: "var(--raised)",
          color: "var(--text)",
          border: "1px solid var(--hairline)",
          borderRadius: "8px",
          fontFamily: "inherit",
          fontSize: "0.8125rem",
        },
      }}
    />
  );
}
