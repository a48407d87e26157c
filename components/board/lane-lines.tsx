import type { BoardZone } from "@/lib/core/board/geometry";
import { lanePaths } from "@/lib/core/board/lanes";
import { zoneColour } from "@/lib/core/board/zone-look";

/** The lines of a window of rows: four paths, however many rows. */
export function LaneLines({
  zone,
  from,
  to,
}: {
  readonly zone: BoardZone;
  readonly from: number;
  readonly to: number;
}) {
  const paths = lanePaths(zone, from, to);
  const colour = zoneColour(zone.look);
  const height = zone.rows.length * zone.metrics.row;
  return (
    <svg
      aria-hidden
      width={zone.width}
      height={height}
      viewBox={`0 ${zone.metrics.head} ${zone.width} ${height}`}
      className="pointer-events-none absolute left-0"
      style={{ top: zone.metrics.head }}
      fill="none"
    >
      <path d={paths.hair} stroke="var(--control)" strokeOpacity={0.55} strokeDasharray="1.5 4" />
      <path d={paths.band} stroke={colour} strokeWidth={paths.bandWidth} opacity={0.22} />
      <path d={paths.line} stroke={colour} strokeWidth={paths.lineWidth} />
      <path d={paths.dots} fill={colour} />
    </svg>
  );
}
