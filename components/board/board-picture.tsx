import { boardToSvg, type PictureOptions } from "@/lib/core/board/board-svg";
import type { LayoutChange } from "@/lib/core/layout/changes";
import type { Layout } from "@/lib/core/layout/model";
import type { EntityKey } from "@/lib/core/plan/entity";

export interface BoardPictureProps {
  readonly layout: Layout;
  /** Nodes to draw as columns; those the layout names are added. */
  readonly nodes?: readonly string[];
  /** Size in pixels; the picture shrinks with its container and grows no further. */
  readonly width: number;
  readonly height: number;
  /** Replaces the sentence that says what the picture shows; empty for decoration. */
  readonly label?: string;
  /** What changes, drawn as a sign beside each VNet. */
  readonly changes?: ReadonlyMap<EntityKey, LayoutChange>;
  readonly className?: string;
}

/** The Board as a static picture on a page, in the page's own colours: for template cards, plans and runs. */
export function BoardPicture({ layout, nodes = [], width, height, label, changes, className }: BoardPictureProps) {
  const options: PictureOptions = {
    nodes,
    size: { width, height },
    ...(label === undefined ? {} : { label }),
    ...(changes === undefined ? {} : { changes }),
  };
  const svg = boardToSvg(layout, options);
  return (
    <span
      className={`block max-w-full [&>svg]:block [&>svg]:h-auto [&>svg]:max-w-full ${className ?? ""}`}
      // The renderer escapes every text that comes from a layout; a property test reads the result back.
      // biome-ignore lint/security/noDangerouslySetInnerHtml: as above
      dangerouslySetInnerHTML={{ __html: svg }}
    />
  );
}
