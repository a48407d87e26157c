import fs from "node:fs/promises";
import path from "node:path";
import { Marked, type Tokens } from "marked";
import type { Failure } from "@/lib/core/failure";
import { ok, type Result } from "@/lib/core/result";
import { forbidden, missing } from "./refusals";
import type { Actor, HelpPage } from "./views";

/** The documents that come with the app, so that help fits the version and needs no way out of the network. */
const ROOT = path.join(/* turbopackIgnore: true */ process.cwd(), "docs");
const PART = /^[a-z0-9][a-z0-9-]*$/i;

/** One document as a page. `parts` is its path below `docs/`, without `.md`; none at all is the overview. */
export async function loadHelp(
  actor: Actor,
  input: { readonly parts: readonly string[] },
): Promise<Result<HelpPage, Failure>> {
  const no = forbidden(actor, "viewer", "read the help");
  if (no) return no;
  const { parts } = input;
  if (!parts.every((part) => PART.test(part))) return missing("page");
  const text =
    (await readDocument(`${parts.join("/") || "README"}.md`)) ?? (await readDocument(`${parts.join("/")}/README.md`));
  if (text === null) return missing("page");
  const isFolder = parts.length === 0 || (await readDocument(`${parts.join("/")}.md`)) === null;
  const base = isFolder ? parts : parts.slice(0, -1);
  const [first = "", ...rest] = text.split("\n");
  return ok({ title: first.replace(/^# /, ""), html: toHtml(rest.join("\n"), base) });
}

async function readDocument(file: string): Promise<string | null> {
  return fs.readFile(path.join(/* turbopackIgnore: true */ ROOT, file), "utf8").catch(() => null);
}

function toHtml(markdown: string, base: readonly string[]): string {
  const marked = new Marked({
    gfm: true,
    renderer: {
      heading({ tokens, depth }: Tokens.Heading) {
        const text = this.parser.parseInline(tokens);
        return `<h${depth} id="${slug(text)}">${text}</h${depth}>\n`;
      },
      link({ href, tokens }: Tokens.Link) {
        const text = this.parser.parseInline(tokens);
        const to = target(href, base);
        return to === null ? text : `<a href="${escaped(to)}">${text}</a>`;
      },
      table(token: Tokens.Table) {
        const row = (cells: readonly Tokens.TableCell[], tag: string) =>
          `<tr>${cells.map(({ tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`).join("")}</tr>`;
        const rows = token.rows.map((cells) => row(cells, "td")).join("");
        // It scrolls by itself on a narrow page, so it has to be reachable from the keyboard.
        return `<div class="help-table" tabindex="0" role="region" aria-label="Table"><table><thead>${row(token.header, "th")}</thead><tbody>${rows}</tbody></table></div>`;
      },
      code: ({ text }: Tokens.Code) => `<pre tabindex="0"><code>${escaped(text)}</code></pre>\n`,
      // Pictures stay in the repository; the app is what they show.
      image: () => "",
      html: ({ text }: Tokens.HTML | Tokens.Tag) => escaped(text),
    },
  });
  return marked.parse(markdown, { async: false });
}

const slug = (text: string): string =>
  text
    .toLowerCase()
    .replace(/<[^>]*>|[^a-z0-9 -]/g, "")
    .replaceAll(" ", "-");

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** Where a link of a document leads in the app; null when what it names is not among the documents. */
function target(href: string, base: readonly string[]): string | null {
  if (/^https?:/.test(href) || href.startsWith("#")) return href;
  const [file = "", anchor] = href.split("#");
  const to = path.posix.join(...base, file);
  if (to.startsWith("..") || !to.endsWith(".md")) return null;
  const page = to.replace(/\.md$/, "").replace(/(^|\/)README$/, "");
  return `/help${page === "" ? "" : `/${page}`}${anchor ? `#${anchor}` : ""}`;
}
