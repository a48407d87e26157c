/** Which rows are there at all; the filter of the view bar only dims, unless "matches" is chosen. */
export type RowFilter = "all" | "problems" | "matches";

/** The dialog of the table that is in front. */
export type TableDialog = { readonly kind: "paste"; readonly text: string } | { readonly kind: "range" };
