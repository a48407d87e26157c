"use client";

import { useEffect } from "react";

/** Shows a text as the title of the browser tab for as long as the page is open, and gives back what was there. */
export function useTabTitle(title: string): void {
  useEffect(() => {
    const before = document.title;
    document.title = title;
    return () => {
      document.title = before;
    };
  }, [title]);
}
