"use client";

import { Search, X } from "lucide-react";
import dynamic from "next/dynamic";
import { Input } from "@/components/ui/input";
import { patiently } from "@/components/ui/patiently";
import { useDesigner, useDesignerActions, useDesignerParts } from "./designer-context";
import { VIEWS } from "./views";

const BesideMenu = dynamic(
  patiently(() => import("./beside-menu").then((module) => module.BesideMenu)),
  {
    ssr: false,
    loading: () => <span className="size-8" />,
  },
);

/** Which views are on the screen, and what is looked for in them. */
export function ViewBar() {
  return (
    <div className="flex items-center gap-x-2 border-hairline border-b bg-surface px-4 max-[699px]:px-2">
      <ViewChoice />
      <BesideMenu />
      <FilterBox />
    </div>
  );
}

function ViewChoice() {
  const { main, beside } = useDesigner((state) => state.views);
  const active = useDesigner((state) => state.active);
  const { showView } = useDesignerActions();
  const { view } = useDesignerParts();
  return (
    <nav aria-label="Views" className="-mb-px flex min-w-0 overflow-x-auto">
      {VIEWS.map(({ id, label, does }, index) => (
        <button
          key={id}
          type="button"
          title={`${does} · ${index + 1}`}
          aria-pressed={id === main || id === beside}
          aria-keyshortcuts={String(index + 1)}
          onClick={() => {
            showView(id);
            setTimeout(view.focus, 80);
          }}
          className={`inline-flex h-9 shrink-0 items-center border-b-2 px-2.5 text-sm max-[699px]:px-2 pointer-coarse:h-11 ${
            id === active
              ? "border-accent font-medium text-text"
              : id === main || id === beside
                ? "border-control text-text"
                : "border-transparent text-text-2 hover:text-text"
          }`}
        >
          {label}
        </button>
      ))}
    </nav>
  );
}

function FilterBox() {
  const filter = useDesigner((state) => state.filter);
  const { setFilter } = useDesignerActions();
  const { view } = useDesignerParts();
  return (
    <search
      className={`relative ml-auto w-64 min-w-0 max-[699px]:shrink-0 ${filter === "" ? "max-[699px]:w-9 max-[699px]:focus-within:w-40" : "max-[699px]:w-40"}`}
    >
      <Search aria-hidden size={14} className="absolute top-1/2 left-2 -translate-y-1/2 text-text-3" />
      <Input
        type="text"
        data-filter
        aria-label="Find in this layout"
        aria-keyshortcuts="/"
        placeholder="Tag, id, CIDR, address…"
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== "Escape" && event.key !== "Enter") return;
          event.preventDefault();
          event.stopPropagation();
          if (event.key === "Escape") setFilter("");
          view.focus();
        }}
        className="my-1 h-7! pr-7 pl-7 max-[699px]:pr-1 max-[699px]:not-focus:placeholder:text-transparent"
      />
      {filter !== "" && (
        <button
          type="button"
          aria-label="Find nothing"
          onClick={() => setFilter("")}
          className="absolute top-1/2 right-1 flex size-6 -translate-y-1/2 items-center justify-center rounded-xs text-text-3 hover:text-text"
        >
          <X aria-hidden size={14} />
        </button>
      )}
    </search>
  );
}
