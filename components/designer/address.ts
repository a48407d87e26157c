import type { EntityKey } from "@/lib/core/plan/entity";
import { keyParts } from "./keys";
import { isViewId, ONE_BOARD, type Views } from "./views";

/** What the address of the designer says: which views, what is selected, what is looked for. */
export interface DesignerAddress {
  readonly views: Views;
  readonly selected: readonly EntityKey[];
  readonly filter: string;
}

/** More would make an address nobody can send; the selection itself has no limit. */
const SELECTED = 40;

/** Reads `?view=table&with=code&at=vnet/prod,vnet/lab&find=10.0.0.7`; what it does not know counts as not there. */
export function readAddress(search: URLSearchParams): DesignerAddress {
  const view = search.get("view");
  const beside = search.get("with");
  const main = isViewId(view) ? view : ONE_BOARD.main;
  return {
    views: { main, beside: isViewId(beside) && beside !== main ? beside : null },
    selected: (search.get("at") ?? "").split(",").filter((key) => keyParts(key) !== null),
    filter: search.get("find") ?? "",
  };
}

/** The query for an address, empty for the Board with nothing selected; other parameters are kept. */
export function writeAddress({ views, selected, filter }: DesignerAddress, others: URLSearchParams): string {
  const search = new URLSearchParams(others);
  const set = (name: string, value: string) => (value === "" ? search.delete(name) : search.set(name, value));
  set("view", views.main === ONE_BOARD.main ? "" : views.main);
  set("with", views.beside ?? "");
  set("at", selected.length > SELECTED ? "" : selected.join(","));
  set("find", filter);
  // Slashes, commas and colons may stand in a query as they are, and people read this.
  const text = search.toString().replaceAll("%2F", "/").replaceAll("%2C", ",").replaceAll("%3A", ":");
  return text === "" ? "" : `?${text}`;
}
