"use client";

import { useQuery } from "@tanstack/react-query";
import { Command } from "cmdk";
import { useRouter } from "next/navigation";
import { Dialog as Radix } from "radix-ui";
import { type ReactNode, useState } from "react";
import { getJson } from "@/components/ui/get-json";
import { stateWord } from "@/components/ui/state-badge";
import { findInLayout, type Hit } from "@/lib/core/layout/find";
import type { EntityKey } from "@/lib/core/plan/entity";
import type { LayoutSummary, RunPage } from "@/lib/server/views";
import { useBoard, useDesigner, useDesignerActions, useDesignerParts } from "../designer-context";
import { jumpTo } from "../jump";
import { keyTitle } from "../keys";
import { isMac } from "../platform";
import { runShortcut } from "../run-shortcut";
import { keyText, SHORTCUTS, type Shortcut } from "../shortcuts";

interface PaletteProps {
  readonly onPlan: () => void;
  readonly onClose: () => void;
}

const PAGES = [
  { href: "/layouts", label: "Layouts" },
  { href: "/templates", label: "Templates" },
  { href: "/runs", label: "History" },
  { href: "/drift", label: "Drift" },
  { href: "/clusters", label: "Clusters" },
  { href: "/help", label: "Help" },
] as const;
const MOST = 30;

/** One field for everything: objects of this layout, commands, and places in the app. */
export function Palette({ onPlan, onClose }: PaletteProps) {
  const [text, setText] = useState("");
  // Not deferred: Enter has to mean what is written, also for those who type fast.
  const kind = /^[@>]/.exec(text.trim())?.[0] ?? "";
  const words = text.trim().slice(kind.length).trim();
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-[late_120ms_ease-out_both] bg-[rgb(10_14_20/0.45)]" />
        <Radix.Content
          aria-describedby={undefined}
          className="fixed inset-x-4 top-[max(1rem,10vh)] z-50 mx-auto max-w-xl animate-enter overflow-hidden rounded-lg border border-hairline bg-raised shadow-overlay"
        >
          <Radix.Title className="sr-only">Find an object or a command</Radix.Title>
          <Command label="Objects and commands" shouldFilter={false} loop>
            <Command.Input
              value={text}
              onValueChange={setText}
              placeholder="Tag, id, address, guest, command…"
              className="h-12 w-full border-hairline border-b bg-raised px-4 text-base outline-none placeholder:text-text-3"
            />
            <Command.List className="max-h-[55vh] overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-6 text-center text-sm text-text-2">
                Nothing answers to that. Try an id, a tag, an address or a word of a command.
              </Command.Empty>
              {kind !== ">" && <Objects words={words} onClose={onClose} />}
              {kind !== "@" && <Commands words={words} onPlan={onPlan} onClose={onClose} />}
              {kind === "" && <Places words={words} onClose={onClose} />}
            </Command.List>
          </Command>
          <p className="flex flex-wrap gap-x-4 border-hairline border-t px-4 py-2 text-text-3 text-xs">
            <span>@ only objects</span>
            <span>&gt; only commands</span>
            <span>#30 or 100-199 tags</span>
          </p>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function Objects({ words, onClose }: { readonly words: string; readonly onClose: () => void }) {
  const designer = useDesignerParts();
  const layout = useDesigner((state) => state.layout);
  const guests = useBoard((state) => state.facts?.guests);
  const { setFilter } = useDesignerActions();
  const hits = findInLayout(layout, words, guests ?? []);
  if (hits.length === 0) return null;
  const go = (key: EntityKey) => {
    onClose();
    jumpTo(designer, key);
  };
  return (
    <Group heading="In this layout">
      {hits.slice(0, MOST).map((hit) => (
        <Item key={hit.key} value={`object ${hit.key}`} onSelect={() => go(hit.key)} aside={aside(hit)}>
          {keyTitle(hit.key)}
        </Item>
      ))}
      {hits.length > MOST && (
        <Item
          value="object more"
          onSelect={() => {
            setFilter(words);
            onClose();
          }}
          aside="dims the rest"
        >
          {`Show all ${hits.length} in the view`}
        </Item>
      )}
    </Group>
  );
}

/** Why it answers, where its name does not say so. */
const aside = ({ key, why }: Hit): string => (keyTitle(key).includes(why) ? "" : why);

function Commands({ words, onPlan, onClose }: { readonly words: string } & PaletteProps) {
  const designer = useDesignerParts();
  const mac = isMac();
  const found = SHORTCUTS.filter(({ id, does }) => id !== "palette" && holdsAll(does, words));
  if (found.length === 0) return null;
  const run = ({ id }: Shortcut) => {
    onClose();
    // After the dialog is gone, so that what opens next keeps the focus.
    setTimeout(() => runShortcut(designer, id, onPlan));
  };
  return (
    <Group heading="Commands">
      {found.map((shortcut) => (
        <Item
          key={shortcut.id}
          value={`command ${shortcut.id}`}
          onSelect={() => run(shortcut)}
          aside={keyText(shortcut.keys[0], mac)}
        >
          {shortcut.does}
        </Item>
      ))}
    </Group>
  );
}

function Places({ words, onClose }: { readonly words: string; readonly onClose: () => void }) {
  const router = useRouter();
  const layouts = useQuery({
    queryKey: ["palette", "layouts"],
    queryFn: ({ signal }) => getJson<readonly LayoutSummary[]>("/api/v1/layouts", signal),
  });
  const runs = useQuery({
    queryKey: ["palette", "runs"],
    queryFn: ({ signal }) => getJson<RunPage>("/api/v1/runs?limit=20", signal),
  });
  const places = [
    ...PAGES.map(({ href, label }) => ({ href, label, note: "page" })),
    ...(layouts.data ?? []).map(({ id, name }) => ({ href: `/layouts/${id}`, label: name, note: "layout" })),
    ...(runs.data?.runs ?? []).map(({ id, number, layoutName, state }) => ({
      href: `/runs/${id}`,
      label: `Run #${number} ${layoutName}`,
      note: stateWord(state),
    })),
  ].filter(({ label, note }) => holdsAll(`${label} ${note}`, words));
  if (places.length === 0) return null;
  return (
    <Group heading="Go to">
      {places.slice(0, MOST).map(({ href, label, note }) => (
        <Item
          key={href}
          value={`place ${href}`}
          aside={note}
          onSelect={() => {
            onClose();
            router.push(href);
          }}
        >
          {label}
        </Item>
      ))}
    </Group>
  );
}

/** Whether every word is in the text. */
function holdsAll(text: string, words: string): boolean {
  const lower = text.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}

function Group({ heading, children }: { readonly heading: string; readonly children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-text-3 [&_[cmdk-group-heading]]:text-xs"
    >
      {children}
    </Command.Group>
  );
}

interface ItemProps {
  readonly value: string;
  readonly onSelect: () => void;
  readonly aside: string;
  readonly children: ReactNode;
}

function Item({ value, onSelect, aside: note, children }: ItemProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex min-h-9 cursor-default select-none items-center gap-3 rounded-sm px-2.5 text-sm pointer-coarse:min-h-11 data-[selected=true]:bg-hover data-[selected=true]:shadow-[inset_2px_0_0_var(--accent)]"
    >
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {note !== "" && <span className="mono shrink-0 text-text-3 text-xs">{note}</span>}
    </Command.Item>
  );
}
