import { BoardPicture } from "@/components/board/board-picture";
import { type LayoutChange, layoutChanges } from "@/lib/core/layout/changes";
import type { Layout } from "@/lib/core/layout/model";

const NONE: ReadonlyMap<string, LayoutChange> = new Map();

interface BeforeAfterProps {
  readonly before: Layout | null;
  readonly after: Layout;
  readonly nodes: readonly string[];
}

/** A layout as it was and as it is to be, with a sign at every VNet that is new, changed or gone. */
export function BeforeAfter({ before, after, nodes }: BeforeAfterProps) {
  const height = Math.max(heightFor(after), before ? heightFor(before) : 0);
  const { byKey, shown } = before ? layoutChanges(before, after) : { byKey: NONE, shown: after };
  return (
    <div className="grid gap-4 lg:grid-cols-2">
      <Picture title="Before">
        {before ? (
          <BoardPicture layout={before} nodes={nodes} width={640} height={height} label={`Before: ${before.name}`} />
        ) : (
          <p className="grid h-full min-h-40 place-items-center text-text-3">
            Nothing of this layout had been applied before.
          </p>
        )}
      </Picture>
      <Picture title="After">
        <BoardPicture
          layout={shown}
          nodes={nodes}
          width={640}
          height={height}
          changes={byKey}
          label={`After: ${after.name}`}
        />
      </Picture>
    </div>
  );
}

/** As high as it takes to write every VNet, within reason: a very large layout is told by its lanes. */
const heightFor = ({ zones, vnets }: Layout): number =>
  Math.min(1200, Math.max(360, 60 + zones.length * 42 + vnets.length * 16));

function Picture({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <figure className="flex flex-col overflow-hidden rounded-lg border border-hairline bg-surface">
      <figcaption className="border-hairline border-b px-4 py-2 font-medium">{title}</figcaption>
      <div className="flex-1 p-4">{children}</div>
    </figure>
  );
}
