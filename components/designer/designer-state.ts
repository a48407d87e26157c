import type { Clip } from "@/lib/core/layout/clip";
import type { Layout } from "@/lib/core/layout/model";
import type { EntityKey } from "@/lib/core/plan/entity";
import type { Problem } from "@/lib/core/problem";
import type { PresenceView } from "@/lib/server/views";
import type { Command, CommandLabel, History } from "./history";
import type { FieldPlace, KeptText, KeptTexts } from "./kept-text";
import type { ViewId, Views } from "./views";

/** What is being edited and what the person looks at. Lives outside React; views subscribe to the parts they draw. */
export interface DesignerState {
  readonly layout: Layout;
  readonly history: History;
  /** The object the keyboard is at; its details are in the inspector. */
  readonly cursor: EntityKey | null;
  readonly selected: ReadonlySet<EntityKey>;
  /** Zones drawn as one band. */
  readonly collapsed: ReadonlySet<string>;
  /** The VNet whose subnets are rows of their own for the keyboard. */
  readonly openVnet: string | null;
  /** The zone whose line for adding VNets is open. */
  readonly adding: string | null;
  /** The object being renamed in place. */
  readonly renaming: EntityKey | null;
  readonly inspector: boolean;
  readonly views: Views;
  /** The view that has the keyboard, or had it last. */
  readonly active: ViewId;
  /** The text of the code view while it is edited; it outlives the view. */
  readonly code: CodeDraft | null;
  /** What was left in fields and cannot become a value; it outlives the form, too. */
  readonly texts: KeptTexts;
  /** A layout that is only looked at before it is taken; the Board draws how it differs. */
  readonly preview: Layout | null;
  /** Who else has this layout open. */
  readonly others: PresenceView["others"];
  /** What is looked for; views dim the rest. */
  readonly filter: string;
  readonly dialog: Dialog | null;
  /** What was just done, for the live region. `id` grows, so that the same words are said twice. */
  readonly notice: { readonly id: number; readonly text: string };
  /** What is wrong with `judged`, which may be a little older than `layout`. */
  readonly problems: readonly Problem[];
  readonly judged: Layout | null;
  /** Why nothing can be changed, or null when it can. */
  readonly locked: string | null;
  /** The cluster the layout is for, or null. */
  readonly clusterId: string | null;
}

/** A text that is not taken yet, and the layout it began as. */
export interface CodeDraft {
  readonly format: "yaml" | "json";
  readonly text: string;
  readonly base: Layout;
}

/** The dialog in front; each names what it is about. */
export type Dialog =
  | { readonly kind: "add-zone" }
  | { readonly kind: "delete"; readonly keys: readonly EntityKey[] }
  | { readonly kind: "move"; readonly vnets: readonly string[] }
  | { readonly kind: "add-subnet"; readonly vnet: string }
  | { readonly kind: "paste"; readonly clip: Clip }
  | { readonly kind: "save-template" }
  | { readonly kind: "insert-template"; readonly template?: string }
  | { readonly kind: "palette" }
  | { readonly kind: "shortcuts" }
  | { readonly kind: "problems" }
  | { readonly kind: "history" };

export interface Change {
  readonly label: CommandLabel;
  readonly apply: (layout: Layout) => Layout;
  readonly coalesce?: string;
  readonly renames?: Command["renames"];
  /** Where the cursor goes afterwards. */
  readonly cursor?: EntityKey | null;
}

/** What actions are made of. */
export interface StateAccess {
  readonly get: () => DesignerState;
  readonly set: (change: Partial<DesignerState> | ((state: DesignerState) => Partial<DesignerState>)) => void;
  readonly say: DesignerActions["say"];
}

export interface DesignerActions {
  /** Runs a command. Says so when nothing may be changed; does nothing when nothing changes. */
  readonly change: (change: Change) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  /** Replaces the layout from outside (another person's version): history starts anew, as remote edits cannot be undone. */
  readonly replace: (layout: Layout, notice: string) => void;
  /** Takes a layout that somebody else's edits were joined into, with the steps of undo that fit it. */
  readonly join: (
    joined: { readonly layout: Layout; readonly history: History },
    renames: Command["renames"],
    notice: string,
  ) => void;
  /** Puts the steps of last time back; they lead to exactly the present layout. */
  readonly takeUp: (history: History) => void;
  readonly select: (key: EntityKey | null, how?: "only" | "toggle") => void;
  /** Selects exactly these; the cursor goes to `cursor`, or to the last of them. */
  readonly selectMany: (keys: Iterable<EntityKey>, cursor?: EntityKey | null) => void;
  /** Moves the cursor and keeps what is selected: Shift with an arrow. */
  readonly extend: (key: EntityKey) => void;
  readonly setCollapsed: (zone: string, collapsed: boolean) => void;
  readonly setAllCollapsed: (collapsed: boolean) => void;
  readonly openSubnets: (vnet: string | null) => void;
  readonly startAdding: (zone: string | null) => void;
  readonly startRenaming: (key: EntityKey | null) => void;
  readonly showInspector: (open: boolean) => void;
  readonly setCluster: (clusterId: string | null) => void;
  /** Shows a view in place of the one with the keyboard. */
  readonly showView: (id: ViewId) => void;
  /** Puts a view beside the first one; null takes it away. */
  readonly showBeside: (id: ViewId | null) => void;
  readonly activate: (id: ViewId) => void;
  readonly setFilter: (filter: string) => void;
  readonly setCode: (code: CodeDraft | null) => void;
  /** Keeps the text of a field that could not be taken; null lets go of it. */
  readonly keepText: (place: FieldPlace, kept: KeptText | null) => void;
  readonly setPreview: (preview: Layout | null) => void;
  readonly setOthers: (others: PresenceView["others"]) => void;
  readonly showDialog: (dialog: Dialog | null) => void;
  readonly say: (text: string) => void;
  readonly setProblems: (judged: Layout, problems: readonly Problem[]) => void;
}
