"use client";

import { Toaster as Sonner } from "sonner";

/** Where short confirmations appear. `toast` comes from sonner; failures belong next to what failed, not here. */
export function Toaster() {
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
