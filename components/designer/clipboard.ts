import type { Clip } from "@/lib/core/layout/clip";
import { clipOf } from "@/lib/core/layout/clip";
import { layoutToRows } from "@/lib/exchange/layout-csv";
import { currentVnet, currentZone } from "./current";
import type { Designer } from "./designer-context";
import { isRecord } from "./local-copies";
import { pasteCommand } from "./more-commands";
import { removeOrAsk } from "./remove";
import { isElsewhere, isTyping } from "./use-shortcuts";

/** Our own objects, whole; beside it the same as a table, which is what a spreadsheet takes. */
const TYPE = "application/x-trunkline-objects+json";

/** Listens to the browser's own clipboard until the signal ends, so that it works between layouts, tabs and programs. */
export function listenToClipboard(designer: Designer, signal: AbortSignal): void {
  const ours = (event: ClipboardEvent) =>
    event.clipboardData !== null && !event.defaultPrevented && !isTyping(event.target) && !isElsewhere(event.target);
  document.addEventListener("copy", (event) => void (ours(event) && copy(designer, event)), { signal });
  document.addEventListener(
    "cut",
    (event) => {
      const keys = ours(event) ? copy(designer, event) : null;
      if (keys) removeOrAsk(designer, keys);
    },
    { signal },
  );
  document.addEventListener("paste", (event) => void (ours(event) && paste(designer, event)), { signal });
}

/** Puts what is selected into the clipboard; gives its keys, or null when text on the page is selected or nothing is. */
function copy({ store }: Designer, event: ClipboardEvent): readonly string[] | null {
  const { layout, cursor, selected, actions } = store.getState();
  if (!window.getSelection()?.isCollapsed) return null;
  const keys = selected.size > 0 ? [...selected] : cursor === null ? [] : [cursor];
  const clip = clipOf(layout, keys);
  if (!clip) return null;
  event.preventDefault();
  event.clipboardData?.setData(TYPE, JSON.stringify(clip));
  event.clipboardData?.setData("text/plain", tableText(clip, layout.zones));
  actions.say(`Copied ${keys.length === 1 ? "one object" : `${keys.length} objects`}`);
  return keys;
}

/** Tab between cells, a line for each VNet and subnet, with headings. */
function tableText(clip: Clip, zones: Clip["zones"]): string {
  const rows = layoutToRows({ version: 1, name: "", ...clip, zones });
  return rows.map((row) => row.map((cell) => String(cell).replace(/[\t\r\n]+/g, " ")).join("\t")).join("\n");
}

function paste(designer: Designer, event: ClipboardEvent): void {
  const { layout, actions, locked } = designer.store.getState();
  const clip = readClip(event.clipboardData?.getData(TYPE) ?? "");
  if (!clip) return;
  event.preventDefault();
  if (locked !== null) actions.say(locked);
  // What to do with networks is a question only where there are some.
  else if (clip.subnets.length > 0) actions.showDialog({ kind: "paste", clip });
  else {
    const at = { zone: currentZone(designer), vnet: currentVnet(designer), subnets: "none" as const };
    const command = pasteCommand(layout, clip, at);
    if (command.ok) actions.change(command.value);
    else actions.say(command.error);
  }
}

/** Only as deep as pasting needs: the clipboard of this browser wrote it, and the server reads the draft with its schema. */
function readClip(text: string): Clip | null {
  try {
    const value: unknown = JSON.parse(text);
    const listed = (name: string, fields: readonly string[]): boolean => {
      const list = isRecord(value) ? value[name] : null;
      return (
        Array.isArray(list) && list.every((each) => isRecord(each) && fields.every((f) => typeof each[f] === "string"))
      );
    };
    const whole =
      listed("zones", ["id", "type"]) && listed("vnets", ["id", "zone"]) && listed("subnets", ["vnet", "cidr"]);
    return whole ? (value as Clip) : null;
  } catch {
    return null;
  }
}
