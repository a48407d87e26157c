import type { Layout } from "@/lib/core/layout/model";
import { parseLayout } from "@/lib/core/layout/parse";
import { layoutToJson } from "@/lib/core/layout/serialise";
import type { Problem } from "@/lib/core/problem";
import { err, ok, type Result } from "@/lib/core/result";
import { byPlace, parseLayoutText, readYaml, type TextProblem, withoutSchemaKey, type YamlRead } from "./layout-text";
import { type TextBlock, type TextBlocks, type TextPart, textBlocks } from "./layout-text-blocks";

/** Reads one text again and again while somebody writes it. */
export interface LayoutReader {
  /** As `parseLayoutText`, with the same layouts and places; of a text in our own form only what is new to it is read. */
  readonly read: (text: string) => Result<Layout, TextProblem[]>;
  /** Takes over what a text says that was just written from a layout, so that it need not be read. */
  readonly learn: (text: string, layout: Layout) => void;
}

/**
 * Makes a reader for one text that is being edited. The YAML library takes a second for 4,094 VNets, too long for a pause
 * between two words; so entries of lists are read one by one, and one that was there the last time is not read again.
 */
export function createLayoutReader(): LayoutReader {
  /** The entries of the last text: lines → value. Nothing older is kept. */
  let known: ReadonlyMap<string, unknown> = new Map();
  return {
    read(text) {
      const json = layoutFromJson(text);
      if (json) return ok(json);
      const parts = textBlocks(text);
      const read = parts && readParts(parts, known);
      if (!read) return parseLayoutText(text);
      known = read.known;
      return read.result;
    },
    learn(text, layout) {
      const parts = textBlocks(text);
      if (!parts) return;
      const lists: Readonly<Record<string, unknown>> = JSON.parse(layoutToJson(layout));
      const items = Object.values(lists).flatMap((list) => (Array.isArray(list) ? list : []));
      if (items.length === parts.blocks.length)
        known = new Map(parts.blocks.map(({ text: of }, at) => [of, items[at]]));
    },
  };
}

interface ReadParts {
  readonly result: Result<Layout, TextProblem[]>;
  readonly known: ReadonlyMap<string, unknown>;
}

/** Null where the whole text has to be read after all. */
function readParts({ head, blocks }: TextBlocks, known: ReadonlyMap<string, unknown>): ReadParts | null {
  const top = readYaml(head.text);
  const problems = top.ok ? [] : top.error.map((problem) => moved(problem, head));
  const values = new Map<string, unknown>();
  for (const block of blocks) {
    if (values.has(block.text)) continue;
    const read: Result<unknown, TextProblem[]> = known.has(block.text) ? ok(known.get(block.text)) : readBlock(block);
    if (read.ok) values.set(block.text, read.value);
    else problems.push(...read.error);
  }
  if (problems.length > 0 || !top.ok) return { result: err(problems.sort(byPlace)), known: values };
  const document = withLists(top.value.value, blocks, values);
  if (!document) return null;
  const parsed = parseLayout(withoutSchemaKey(document));
  if (parsed.ok) return { result: parsed, known: values };
  const place = placer(top.value, head, blocks);
  return { result: err(parsed.error.map(place).sort(byPlace)), known: values };
}

/** The value of the whole text; null where a list is something else too. */
function withLists(
  top: unknown,
  blocks: readonly TextBlock[],
  values: ReadonlyMap<string, unknown>,
): Record<string, unknown> | null {
  if (typeof top !== "object" || top === null || Array.isArray(top)) return null;
  const document: Record<string, unknown> = { ...top };
  const lists = new Map<string, unknown[]>();
  for (const { section, text } of blocks) {
    const list = lists.get(section) ?? [];
    list.push(values.get(text));
    lists.set(section, list);
  }
  for (const [section, list] of lists) {
    if (document[section] !== null) return null;
    document[section] = list;
  }
  return document;
}

/** One entry by itself. */
function readBlock(block: TextBlock): Result<unknown, TextProblem[]> {
  const read = readAlone(block);
  if (!read.ok) return err(read.error.map((problem) => movedAlone(problem, block)));
  return ok((read.value.value as { readonly it: readonly unknown[] }).it[0]);
}

/** In its own list, which takes a line above it. */
const readAlone = ({ text }: TextBlock): Result<YamlRead, TextProblem[]> => readYaml(`it:\n${text}`);

/** From the lines of a part to those of the whole text. */
function moved(problem: TextProblem, { lines }: TextPart): TextProblem {
  if (problem.line === null) return problem;
  return { ...problem, line: lines[problem.line - 1] ?? (lines.at(-1) ?? 0) + 1 };
}

const movedAlone = (problem: TextProblem, block: TextBlock): TextProblem =>
  moved({ ...problem, line: Math.max(1, (problem.line ?? 1) - 1) }, block);

/** Finds the places of problems with a layout in the parts of its text. */
function placer(top: YamlRead, head: TextPart, blocks: readonly TextBlock[]): (problem: Problem) => TextProblem {
  const lists = new Map<string, TextBlock[]>();
  for (const block of blocks) {
    const list = lists.get(block.section);
    if (list) list.push(block);
    else lists.set(block.section, [block]);
  }
  return ({ message, field = "" }) => {
    const [, section = "", index, rest = ""] = /^(\w+)\[(\d+)\](.*)$/s.exec(field) ?? [];
    const block = lists.get(section)?.[Number(index)];
    const read = block && readAlone(block);
    if (!block || !read?.ok) return moved({ ...top.placeOf({ field }), message }, head);
    return movedAlone({ ...read.value.placeOf({ field: `it[0]${rest}` }), message }, block);
  };
}

/**
 * A layout from text that is JSON and right. Null for everything else, so that the place of what is wrong is found. JSON's
 * own reader takes the last of two equal keys in silence; then there are more keys in the text than in the value.
 */
function layoutFromJson(text: string): Layout | null {
  if (!/^\s*\{/.test(text)) return null;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  const written = [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(([, colon]) => colon !== undefined).length;
  if (written !== keyCount(value)) return null;
  const parsed = parseLayout(withoutSchemaKey(value));
  return parsed.ok ? parsed.value : null;
}

function keyCount(value: unknown): number {
  if (typeof value !== "object" || value === null) return 0;
  const inner = Object.values(value);
  return (Array.isArray(value) ? 0 : inner.length) + inner.reduce((sum: number, each) => sum + keyCount(each), 0);
}
