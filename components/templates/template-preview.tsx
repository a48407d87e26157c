import { BoardPicture } from "@/components/board/board-picture";
import { Card } from "@/components/ui/card";
import type { Layout } from "@/lib/core/layout/model";
import type { ClusterFacts } from "@/lib/core/ports";
import { LayoutFacts } from "./layout-facts";

interface TemplatePreviewProps {
  readonly layout: Layout | null;
  readonly facts: ClusterFacts | null;
  readonly cluster: string | null;
}

/** What the chosen values build: as a picture and as numbers. */
export function TemplatePreview({ layout, facts, cluster }: TemplatePreviewProps) {
  return (
    <Card className="overflow-hidden">
      <div className="flex min-h-9 flex-wrap items-center justify-between gap-2 border-hairline border-b px-4 py-2">
        <h2 className="text-sm">Preview{facts && cluster ? ` on ${cluster}` : ""}</h2>
        <p className="text-text-3 text-xs">
          {facts ? "Drawn on the cluster's own nodes" : "Drawn with the documented names"}
        </p>
      </div>
      {layout ? (
        <>
          <div className="overflow-x-auto bg-bg p-4">
            <BoardPicture
              layout={layout}
              nodes={facts?.nodes.map((node) => node.name) ?? []}
              width={760}
              height={pictureHeight(layout)}
            />
          </div>
          <LayoutFacts layout={layout} />
        </>
      ) : (
        <p className="px-4 py-12 text-center text-sm text-text-2">
          Correct the marked fields to see what will be built.
        </p>
      )}
    </Card>
  );
}

/** As high as its lanes need, so that neither a gap nor a scrollbar stands under them. */
function pictureHeight({ zones, vnets }: Layout): number {
  return Math.min(420, 24 + zones.length * 30 + vnets.length * 22);
}
