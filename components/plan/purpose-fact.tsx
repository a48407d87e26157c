import Link from "next/link";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Purpose } from "@/lib/core/plan/purpose";
import { Fact } from "./facts";

const LINK = "font-medium underline-offset-2 hover:underline";

/** Why a plan or a run is there, with the way to what it refers to; nothing when it simply applies its layout. */
export function PurposeFact({ purpose, clusterId }: { readonly purpose: Purpose; readonly clusterId: string }) {
  switch (purpose.kind) {
    case "apply":
      return null;
    case "revert":
      return (
        <Fact term="Takes back">
          <Link href={`/runs/${purpose.runId}`} className={LINK}>
            run {purpose.run}
          </Link>
        </Fact>
      );
    case "restore":
      return (
        <Fact term="Brings back">
          <Link href={`/clusters/${clusterId}#snapshots`} className={LINK}>
            snapshot taken <RelativeTime at={purpose.takenAt} />
          </Link>
        </Fact>
      );
    case "put-back":
      return (
        <Fact term="Puts back">{purpose.keys.length === 1 ? "one object" : `${purpose.keys.length} objects`}</Fact>
      );
  }
}
