import { Shuffle, Undo2 } from "lucide-react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import type { Conflict } from "@/lib/core/layout/conflicts";

interface TemplateConflictsProps {
  readonly cluster: string;
  /** What the template's own numbers meet. */
  readonly conflicts: readonly Conflict[];
  /** What is left after shifting; null while the template's own numbers are used. */
  readonly left: readonly Conflict[] | null;
  readonly onShift: (shift: boolean) => void;
}

const SHOWN = 10;

/** What the cluster has already of what the template wants, with one offer to step around it and a way back. */
export function TemplateConflicts({ cluster, conflicts, left, onShift }: TemplateConflictsProps) {
  if (conflicts.length === 0) return null;
  if (left) {
    return (
      <Callout
        kind={left.length === 0 ? "info" : "warning"}
        title={left.length === 0 ? "Uses free ids and numbers" : "Not everything has a free place"}
        actions={
          <Button size="sm" icon={<Undo2 aria-hidden size={14} />} onClick={() => onShift(false)}>
            Use the template's own numbers
          </Button>
        }
      >
        {left.length === 0 ? (
          <p>{`${countOf(conflicts)} of the template met what ${cluster} has already. The preview shows what is used instead.`}</p>
        ) : (
          <ConflictList conflicts={left} />
        )}
      </Callout>
    );
  }
  return (
    <Callout
      kind="warning"
      title={`${cluster} has some of this already`}
      actions={
        <Button size="sm" icon={<Shuffle aria-hidden size={14} />} onClick={() => onShift(true)}>
          Use free ids and numbers
        </Button>
      }
    >
      <ConflictList conflicts={conflicts} />
    </Callout>
  );
}

/** One line per zone and per VNet with its subnets. */
function ConflictList({ conflicts }: { readonly conflicts: readonly Conflict[] }) {
  const byObject = new Map<string, Conflict[]>();
  for (const conflict of conflicts) {
    const key = conflict.at.replace(/^subnet\/([^/]*)\/.*$/, "vnet/$1");
    byObject.set(key, [...(byObject.get(key) ?? []), conflict]);
  }
  const groups = [...byObject];
  const rest = groups.length - SHOWN;
  // One line more is no longer than the line that would say so.
  const shown = rest > 1 ? groups.slice(0, SHOWN) : groups;
  return (
    <ul className="flex list-disc flex-col gap-0.5 pl-4">
      {shown.map(([key, own]) => (
        <li key={key}>{own.map(({ message }) => message).join("; ")}</li>
      ))}
      {shown.length < groups.length && <li>{`and ${rest} more`}</li>}
    </ul>
  );
}

const WORDS = { id: ["id", "ids"], tag: ["tag", "tags"], network: ["network", "networks"] } as const;

/** "2 ids, 1 tag and 1 network". */
function countOf(conflicts: readonly Conflict[]): string {
  const parts = (["id", "tag", "network"] as const).flatMap((kind) => {
    const count = conflicts.filter((conflict) => conflict.kind === kind).length;
    return count === 0 ? [] : [`${count} ${WORDS[kind][count === 1 ? 0 : 1]}`];
  });
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
