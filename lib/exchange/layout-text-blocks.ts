/** Lines that belong together, as they are, with the number in the text of each, from 1. */
export interface TextPart {
  readonly text: string;
  readonly lines: readonly number[];
}

/** One entry of a top-level list; the first of its lines has the dash. */
export interface TextBlock extends TextPart {
  /** The key of its list, such as `vnets`. */
  readonly section: string;
}

/** A YAML text taken apart into pieces that can be read one by one. */
export interface TextBlocks {
  /** Everything that is in no entry. */
  readonly head: TextPart;
  readonly blocks: readonly TextBlock[];
}

/** Anchors, aliases and tags can reach from one entry into another. */
const REACHES_OUT = /(?:^|[\s[{,:-])[&*!]\S/;
/** Documents, directives, lists and maps in brackets as the whole text, tabs that indent: for the library. */
const STRANGE = /^(?:---|\.\.\.|%|[-?[\]{}]|\t| +\t)/m;

/** What a line can be: at the margin, the dash of an entry, text further in, or nothing but a comment. */
type LineKind = "key" | "entry" | "inner" | "shallow" | "quiet";

function lineKind(line: string): LineKind {
  if (/^\s*(?:#|$)/.test(line)) return "quiet";
  if (!line.startsWith(" ")) return "key";
  if (/^ {2}-(?: |\r?$)/.test(line)) return "entry";
  return line.startsWith("   ") ? "inner" : "shallow";
}

/**
 * Takes a text apart where it has the form that `layoutToYaml` gives: top-level keys at the margin, entries of their lists
 * after two spaces and a dash, whatever is inside them further in. Null for every other form. Inside a mapping that begins
 * after four spaces no scalar or bracket may go on after only two, so an entry always ends where the next one begins.
 */
export function textBlocks(text: string): TextBlocks | null {
  if (REACHES_OUT.test(text) || STRANGE.test(text)) return null;
  const head = new Part();
  const blocks: (Part & { section: string })[] = [];
  /** The list whose entries may come next; null inside any other value. */
  let section: string | null = null;
  let open = head;
  for (const [index, line] of text.split("\n").entries()) {
    const kind = lineKind(line);
    if (kind === "key") {
      section = /^([A-Za-z]\w*):\s*(?:#.*)?$/.exec(line)?.[1] ?? null;
      open = head;
    } else if (kind === "entry" && section !== null) {
      const block = Object.assign(new Part(), { section });
      blocks.push(block);
      open = block;
    } else if (kind === "shallow" && open !== head) {
      return null;
    } else if (kind !== "quiet" && open === head) {
      // The first line of a value that is no list of entries: all of it stays together.
      section = null;
    }
    open.add(line, index + 1);
  }
  return { head: head.done(), blocks: blocks.map((block) => ({ ...block.done(), section: block.section })) };
}

class Part {
  private readonly text: string[] = [];
  private readonly numbers: number[] = [];

  add(line: string, number: number): void {
    this.text.push(line);
    this.numbers.push(number);
  }

  done(): TextPart {
    return { text: this.text.join("\n"), lines: this.numbers };
  }
}
