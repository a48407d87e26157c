/** The diff of one node as Proxmox gave it; `missing` says why there is none. */
export interface NodeDiff {
  readonly node: string;
  readonly interfaces: string | null;
  readonly frr: string | null;
  readonly missing: string | null;
}

export interface DiffGroup {
  readonly nodes: readonly string[];
  readonly interfaces: string | null;
  readonly frr: string | null;
  readonly missing: string | null;
}

/** Nodes with the same diff stand together (an empty text counts as none), in the order in which the first of them was named. */
export function groupDiffs(diffs: readonly NodeDiff[]): DiffGroup[] {
  const groups = new Map<string, { nodes: string[]; diff: NodeDiff }>();
  for (const diff of diffs) {
    const same = JSON.stringify([comparable(diff.interfaces), comparable(diff.frr), diff.missing]);
    const group = groups.get(same);
    if (group) group.nodes.push(diff.node);
    else groups.set(same, { nodes: [diff.node], diff });
  }
  return [...groups.values()].map(({ nodes, diff }) => ({
    nodes,
    interfaces: diff.interfaces || null,
    frr: diff.frr || null,
    missing: diff.missing,
  }));
}

/** An empty diff is no diff. File headers carry times and node names, which do not make two diffs different. */
function comparable(diff: string | null): string | null {
  return !diff
    ? null
    : diff
        .split("\n")
        .filter((line) => !line.startsWith("--- ") && !line.startsWith("+++ "))
        .join("\n");
}

export type DiffLineKind = "add" | "remove" | "hunk" | "file" | "same";

/** What a line of a unified diff is. */
export function diffLineKind(line: string): DiffLineKind {
  if (line.startsWith("+++") || line.startsWith("---")) return "file";
  if (line.startsWith("@@")) return "hunk";
  if (line.startsWith("+")) return "add";
  if (line.startsWith("-")) return "remove";
  return "same";
}

/** "same on 3 nodes: pve1, pve2, pve3", "pve3". */
export function groupTitle(group: DiffGroup, all: number): string {
  if (group.nodes.length === 1) return group.nodes[0] ?? "";
  return group.nodes.length === all ? `Same on all ${all} nodes` : `Same on ${group.nodes.length} nodes`;
}
