/** The views of one layout: the same model, the same selection, each good at something else. */
export const VIEWS = [
  { id: "board", label: "Board", does: "Nodes across, zones down, VNets as lanes" },
  { id: "table", label: "Table", does: "One row per VNet, edited like a sheet" },
  { id: "addresses", label: "Addresses", does: "Blocks, subnets, free space and leases" },
  { id: "topology", label: "Topology", does: "What runs now, from node to guest" },
  { id: "code", label: "Code", does: "The layout document as YAML or JSON" },
] as const;

export type ViewId = (typeof VIEWS)[number]["id"];

/** What is on the screen: one view, or two side by side. */
export interface Views {
  readonly main: ViewId;
  /** Never the same as `main`. */
  readonly beside: ViewId | null;
}

export const ONE_BOARD: Views = { main: "board", beside: null };

/** Shows a view in the place of the one the keyboard is in; a view that is already there only gets the keyboard. */
export function showView({ main, beside }: Views, active: ViewId, id: ViewId): Views {
  if (id === main || id === beside) return { main, beside };
  return active === beside ? { main, beside: id } : { main: id, beside };
}

/** Puts a view beside the present one, or takes the second one away with null. */
export function showBeside({ main }: Views, id: ViewId | null): Views {
  return { main, beside: id === main ? null : id };
}

export function isViewId(text: string | null | undefined): text is ViewId {
  return VIEWS.some(({ id }) => id === text);
}
