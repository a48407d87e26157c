import { isNode, LineCounter, parseDocument, stringify } from "yaml";
import type { Layout } from "@/lib/core/layout/model";
import { parseLayout } from "@/lib/core/layout/parse";
import { layoutToJson } from "@/lib/core/layout/serialise";
import type { Problem } from "@/lib/core/problem";
import { err, ok, type Result } from "@/lib/core/result";
import { plainItem } from "./layout-text-plain";

/** Something wrong with the text of a layout; line and column count from 1, and are null where no place can be named. */
export interface TextProblem {
  readonly line: number | null;
  readonly column: number | null;
  readonly message: string;
}

/** More than any layout needs: 4,094 VNets with everything are about 2 MB. */
const MAX_CHARACTERS = 20_000_000;

/** A key that editors look for in a JSON file; it says where the schema is, and is no part of the layout. */
export const SCHEMA_KEY = "$schema";

/**
 * Reads a layout from YAML or JSON (which is YAML too). In: the text of a file. Out: the layout, or everything wrong with
 * its form, each with its place. Whether the values make sense is for `validateLayout`.
 */
export function parseLayoutText(text: string): Result<Layout, TextProblem[]> {
  const read = readYaml(text);
  if (!read.ok) return read;
  const { value, placeOf } = read.value;
  const parsed = parseLayout(withoutSchemaKey(value));
  if (parsed.ok) return parsed;
  return err(parsed.error.map((problem) => ({ ...placeOf(problem), message: problem.message })).sort(byPlace));
}

/** The text of a layout as people write it: YAML, keys in the document's order. */
export function layoutToYaml(layout: Layout): string {
  const document: Readonly<Record<string, unknown>> = JSON.parse(layoutToJson(layout));
  const written = Object.entries(document).map(([name, value]) => {
    if (!Array.isArray(value) || value.length === 0) return yaml({ [name]: value });
    const items = value.map((item) => plainItem(item) ?? yaml({ [name]: [item] }).slice(`${name}:\n`.length));
    return `${name}:\n${items.join("")}`;
  });
  return written.join("");
}

const yaml = (value: object): string => stringify(value, { lineWidth: 120 });

export interface YamlRead {
  readonly value: unknown;
  /** Where a problem's field begins in the text: its key, else the nearest thing around it that is there. */
  readonly placeOf: (problem: Pick<Problem, "field">) => TextPlace;
}

type TextPlace = Pick<TextProblem, "line" | "column">;

/** Reads YAML or JSON into a value, or tells what is wrong with its form. Nothing is known of layouts here. */
export function readYaml(text: string): Result<YamlRead, TextProblem[]> {
  if (text.length > MAX_CHARACTERS) return err([nowhere("The text is larger than any layout.")]);
  const lines = new LineCounter();
  // Aliases are refused: a layout has no use for them, and a few lines of them can describe more than fits in memory.
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    logLevel: "error",
  });
  const at = (offset: number | undefined): TextPlace => {
    if (offset === undefined) return { line: null, column: null };
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  if (document.errors.length > 0)
    return err(document.errors.map((error) => ({ ...at(error.pos[0]), message: `${error.message.split("\n")[0]}.` })));
  const value = plainValue(document);
  if (!value.ok) return err([nowhere(value.error)]);
  return ok({ value: value.value, placeOf: (problem) => at(offsetOf(document, problem)) });
}

type Doc = ReturnType<typeof parseDocument>;

function plainValue(document: Doc): Result<unknown, string> {
  try {
    return ok(document.toJS({ maxAliasCount: 0 }));
  } catch {
    return err("Aliases (*name) are not allowed in a layout; write the values out.");
  }
}

/** A document without the word where its schema is. */
export function withoutSchemaKey(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !(SCHEMA_KEY in value)) return value;
  const { [SCHEMA_KEY]: place, ...layout } = value;
  return typeof place === "string" ? layout : value;
}

const nowhere = (message: string): TextProblem => ({ line: null, column: null, message });

/** Sorts problems from the top of the text down. */
export const byPlace = (a: TextProblem, b: TextProblem): number =>
  (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);

function offsetOf(document: Doc, { field }: Pick<Problem, "field">): number | undefined {
  const path = (field ?? "")
    .split(/[.[\]]+/)
    .flatMap((part) => (part === "" ? [] : [/^\d+$/.test(part) ? Number(part) : part]));
  for (let length = path.length; length > 0; length -= 1) {
    const key = keyOffset(document, path.slice(0, length));
    if (key !== undefined) return key;
  }
  return isNode(document.contents) ? document.contents.range?.[0] : undefined;
}

function keyOffset(document: Doc, path: readonly (string | number)[]): number | undefined {
  const around = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const last = path.at(-1);
  if (typeof around === "object" && around !== null && "items" in around && Array.isArray(around.items)) {
    const pair: unknown = around.items.find(
      (entry: unknown) =>
        typeof entry === "object" &&
        entry !== null &&
        "key" in entry &&
        isNode(entry.key) &&
        String(entry.key) === last,
    );
    if (typeof pair === "object" && pair !== null && "key" in pair && isNode(pair.key)) return pair.key.range?.[0];
  }
  const node = document.getIn(path, true);
  return isNode(node) ? node.range?.[0] : undefined;
}
