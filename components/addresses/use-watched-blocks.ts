"use client";

import { useState } from "react";

const KEY = "trunkline:address-blocks";

/** Blocks somebody wants to see although nothing is in them, kept in this browser for each zone id. */
export function useWatchedBlocks(
  zone: string | null,
): readonly [readonly string[], (blocks: readonly string[]) => void] {
  const [kept, setKept] = useState(read);
  const name = zone ?? "";
  return [
    kept[name] ?? NONE,
    (blocks) => {
      const next = { ...kept, [name]: [...new Set(blocks)] };
      setKept(next);
      try {
        window.localStorage.setItem(KEY, JSON.stringify(next));
      } catch {
        // A browser without storage: the choice lasts as long as the page.
      }
    },
  ];
}

const NONE: readonly string[] = [];

function read(): Readonly<Record<string, readonly string[]>> {
  try {
    const value: unknown = JSON.parse(window.localStorage.getItem(KEY) ?? "{}");
    if (typeof value !== "object" || value === null) return {};
    const lists = Object.entries(value).filter(
      ([, list]) => Array.isArray(list) && list.every((each) => typeof each === "string"),
    );
    return Object.fromEntries(lists);
  } catch {
    return {};
  }
}
