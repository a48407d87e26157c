import Link from "next/link";
import { BoardPicture } from "@/components/board/board-picture";
import { Badge } from "@/components/ui/badge";
import type { Layout } from "@/lib/core/layout/model";
import type { TemplateSummary } from "@/lib/server/views";

interface TemplateCardProps {
  readonly template: TemplateSummary;
  /** What it builds with its defaults; null when that is not known here. */
  readonly layout: Layout | null;
  /** The one to begin with when nothing was ever applied. */
  readonly first?: boolean;
}

/** One template: its picture first, because that is what people recognise. The whole card is the link. */
export function TemplateCard({ template, layout, first = false }: TemplateCardProps) {
  return (
    <li className="relative flex flex-col overflow-hidden rounded-lg border border-hairline bg-surface transition-colors duration-100 focus-within:border-accent hover:border-control">
      <div aria-hidden className="flex h-44 items-center overflow-hidden border-hairline border-b bg-bg px-4">
        {layout ? (
          <BoardPicture layout={layout} width={320} height={pictureHeight(layout)} />
        ) : (
          <span className="m-auto text-text-3 text-xs">Saved from a layout</span>
        )}
      </div>
      <div className="flex flex-1 flex-col gap-2 p-4">
        <h2 className="flex flex-wrap items-center gap-2 text-base">
          <Link
            href={`/templates/${encodeURIComponent(template.id)}`}
            className="outline-none after:absolute after:inset-0 after:rounded-lg focus-visible:after:outline-2 focus-visible:after:outline-accent"
          >
            {template.title}
          </Link>
          {first && <Badge tone="accent">Good first one</Badge>}
        </h2>
        <p className="flex-1 text-sm text-text-2">{template.summary}</p>
        <div className="flex flex-wrap items-center gap-1.5 pt-1">
          {!template.builtIn && <Badge tone="accent">Yours</Badge>}
          {template.tags.map((tag) => (
            <Badge key={tag}>{tag}</Badge>
          ))}
        </div>
      </div>
    </li>
  );
}

/** A short network gets a short picture, so that it stands in the middle of its card. */
function pictureHeight({ zones, vnets }: Layout): number {
  return Math.min(152, 24 + zones.length * 30 + vnets.length * 24);
}
