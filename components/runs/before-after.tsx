import { BoardPicture } from "@/components/board/board-picture";
import { changedPart } from "@/lib/core/board/changed-part";
import { type LayoutChange, layoutChanges } from "@/lib/core/layout/changes";
import type { Layout } from "@/lib/core/layout/model";

const NONE: ReadonlyMap<string, LayoutChange> = new Map();

interface BeforeAfterProps {
  readonly before: Layout | null;
  readonly after: Layout;
  readonly nodes: readonly string[];
}

/** A layout as it was and as it is to be, with a sign at what is new, changed or gone; of a large one only that. */
export function BeforeAfter({ before, after, nodes }: BeforeAfterProps) {
  const { byKey, shown } = before ? layoutChanges(before, after) : { byKey: NONE, shown: after };
  const part = changedPart(before ?? { ...after, zones: [], vnets: [], subnets: [] }, shown, byKey);
  const height = Math.max(heightFor(part.after), before ? heightFor(part.before) : 0);
  return (
    <div className="flex flex-col gap-3">
      <div className="grid gap-4 lg:grid-cols-2">
        <Picture title="Before">
          {before ? (
            <BoardPicture
              layout={part.before}
              nodes={nodes}
              width={640}
              height={height}
              label={`Before: ${before.name}`}
            />
          ) : (
            <p className="grid h-full min-h-40 place-items-center text-text-3">
              Nothing of this layout had been applied before.
            </p>
          )}
        </Picture>
        <Picture title="After">
          <BoardPicture
            layout={before ? part.after : after}
            nodes={nodes}
            width={640}
            height={before ? height : heightFor(after)}
            changes={byKey}
            label={`After: ${after.name}`}
          />
        </Picture>
      </div>
      {before && part.unchanged + part.more > 0 && (
        <p className="text-sm text-text-2">
          {[
            part.unchanged > 0 ? `${part.unchanged} VNets stay as they are and are not drawn.` : "",
            part.more > 0 ? `${part.more} more change; the list has all of them.` : "",
          ].join(" ")}
        </p>
      )}
    </div>
  );
}

function Picture({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <figure className="flex flex-col overflow-hidden rounded-lg border border-hairline bg-surface">
      <figcaption className="border-hairline border-b px-4 py-2 font-medium">{title}</figcaption>
      <div className="flex-1 p-4">{children}</div>
    </figure>
  );
}

/** As high as it takes to write every VNet, within reason: a very large layout is told by its lanes. */
const heightFor = ({ zones, vnets }: Layout): number =>
  Math.min(1600, Math.max(360, 60 + zones.length * 42 + vnets.length * 18));
