import { Card } from "@/components/ui/card";
import type { Placement } from "@/lib/core/plan/plan";

type Cell = "stays" | "comes" | "goes" | "never";

const LOOK: Readonly<Record<Cell, { readonly sign: string; readonly word: string; readonly tone: string }>> = {
  stays: { sign: "●", word: "before and after", tone: "text-text-2" },
  comes: { sign: "+", word: "after only", tone: "text-add" },
  goes: { sign: "−", word: "before only", tone: "text-destroy" },
  never: { sign: "·", word: "not there", tone: "text-text-3" },
};

function cellOf({ before, after }: Placement, node: string): Cell {
  const was = before?.includes(node) ?? false;
  const is = after?.includes(node) ?? false;
  if (was && is) return "stays";
  if (is) return "comes";
  return was ? "goes" : "never";
}

/** Which zone is on which node before and after: what attaches a guest's network where. */
export function PlacementMatrix({
  placement,
  nodes,
}: {
  readonly placement: readonly Placement[];
  readonly nodes: readonly string[];
}) {
  if (placement.length === 0) return null;
  return (
    <Card className="overflow-x-auto">
      <table className="w-full text-sm">
        <caption className="px-4 pt-3 pb-1 text-left font-medium text-base">Zones on nodes, before and after</caption>
        <thead>
          <tr className="border-hairline border-b text-left text-text-3 text-xs">
            <th scope="col" className="px-4 py-1.5 font-medium">
              Zone
            </th>
            {nodes.map((node) => (
              <th key={node} scope="col" className="mono px-3 py-1.5 font-medium">
                {node}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {placement.map((row) => (
            <tr key={row.zone} className="border-hairline border-b last:border-b-0">
              <th scope="row" className="mono px-4 py-1.5 text-left font-normal">
                {row.zone}
              </th>
              {nodes.map((node) => {
                const { sign, word, tone } = LOOK[cellOf(row, node)];
                return (
                  <td key={node} className={`px-3 py-1.5 ${tone}`}>
                    <span aria-hidden="true">{sign}</span> <span className="text-xs">{word}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
