"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useCallback } from "react";

/** The query part of the address, and a way to change it without asking the server for the page again. */
export function useAddressQuery(): [URLSearchParams, (change: (query: URLSearchParams) => URLSearchParams) => void] {
  const path = usePathname();
  const query = useSearchParams();
  const change = useCallback(
    (edit: (query: URLSearchParams) => URLSearchParams) => {
      const next = edit(new URLSearchParams(window.location.search)).toString();
      window.history.replaceState(null, "", next ? `${path}?${next}` : path);
    },
    [path],
  );
  return [new URLSearchParams(query), change];
}
