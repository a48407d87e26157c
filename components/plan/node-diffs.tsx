import { CopyButton } from "@/components/ui/copy-button";
import { type DiffGroup, groupDiffs, groupTitle, type NodeDiff } from "./diff-groups";
import { UnifiedDiff } from "./unified-diff";

/** What Proxmox says it would write on each node; nodes with the same answer stand together. */
export function NodeDiffs({ diffs }: { readonly diffs: readonly NodeDiff[] }) {
  const groups = groupDiffs(diffs);
  return (
    <div className="flex flex-col gap-3">
      {groups.map((group) => (
        <GroupCard key={group.nodes.join(" ")} group={group} all={diffs.length} />
      ))}
    </div>
  );
}

function GroupCard({ group, all }: { readonly group: DiffGroup; readonly all: number }) {
  const title = groupTitle(group, all);
  const text = [group.interfaces, group.frr].filter((part) => part !== null).join("\n");
  return (
    <section className="overflow-hidden rounded-lg border border-hairline bg-surface" aria-label={title}>
      <header className="flex min-h-9 items-center gap-3 border-b border-hairline px-4 py-1">
        <h3 className="font-medium">{title}</h3>
        {group.nodes.length > 1 ? <span className="mono text-xs text-text-3">{group.nodes.join(", ")}</span> : null}
        {text ? (
          <span className="ml-auto">
            <CopyButton text={text} label={`Copy the diff of ${group.nodes.join(", ")}`} />
          </span>
        ) : null}
      </header>
      {group.missing !== null ? (
        <p className="px-4 py-2 text-text-2">No diff: {group.missing}</p>
      ) : text === "" ? (
        <p className="px-4 py-2 text-text-3">No change in the files Proxmox compares.</p>
      ) : (
        <>
          <DiffFile name="interfaces.d/sdn" text={group.interfaces} nodes={group.nodes} />
          <DiffFile name="frr.conf" text={group.frr} nodes={group.nodes} />
        </>
      )}
    </section>
  );
}

interface DiffFileProps {
  readonly name: string;
  readonly text: string | null;
  readonly nodes: readonly string[];
}

function DiffFile({ name, text, nodes }: DiffFileProps) {
  if (text === null) return <p className="px-4 py-1.5 text-xs text-text-3">{name}: no change</p>;
  return (
    <div className="border-b border-hairline last:border-b-0">
      <p className="px-4 pt-1.5 mono text-xs text-text-3">{name}</p>
      <UnifiedDiff text={text} label={`Diff of ${name} on ${nodes.join(", ")}`} />
    </div>
  );
}
