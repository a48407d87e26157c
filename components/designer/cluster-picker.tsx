"use client";

import { ChevronDown, Server } from "lucide-react";
import { useRouter } from "next/navigation";
import { Button } from "@/components/ui/button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import type { ServerAction } from "@/components/ui/use-action";
import { useAction } from "@/components/ui/use-action";
import { useDesigner, useDesignerActions } from "./designer-context";
import type { ClusterReading } from "./use-cluster-facts";

export interface ClusterChoice {
  readonly id: string;
  readonly name: string;
}

interface ClusterPickerProps {
  readonly layoutId: string;
  readonly current: ClusterChoice | null;
  readonly clusters: readonly ClusterChoice[];
  readonly reading: ClusterReading;
  /** Takes `{id, clusterId}`. */
  readonly assign: ServerAction<null>;
}

/** The cluster a layout is drawn for, whether it answers, and the way to choose another. */
export function ClusterPicker({ layoutId, current, clusters, reading, assign }: ClusterPickerProps) {
  const locked = useDesigner((state) => state.locked);
  const { say } = useDesignerActions();
  const router = useRouter();
  const choosing = useAction(assign);
  const choose = (clusterId: string | null) =>
    choosing.start({ id: layoutId, clusterId }, () => {
      say(clusterId === null ? "No cluster chosen" : "Cluster chosen");
      router.refresh();
    });
  return (
    <div className="flex min-w-0 items-center gap-2">
      <Menu
        align="start"
        trigger={
          <Button size="sm" busy={choosing.busy} icon={<Server aria-hidden size={13} />}>
            {current?.name ?? "Choose a cluster"}
            <ChevronDown aria-hidden size={12} />
          </Button>
        }
      >
        {clusters.map((cluster) => (
          <MenuItem key={cluster.id} disabledReason={locked} onSelect={() => choose(cluster.id)}>
            {cluster.name}
          </MenuItem>
        ))}
        {current && (
          <MenuItem disabledReason={locked} onSelect={() => choose(null)}>
            No cluster
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuItem onSelect={() => router.push("/clusters/new")}>Connect a cluster…</MenuItem>
      </Menu>
      {choosing.failure && (
        <p role="alert" className="truncate text-destroy text-xs" title={choosing.failure.next}>
          {choosing.failure.message}
        </p>
      )}
      {!choosing.failure && reading.kind === "unreachable" && (
        <p role="status" className="max-w-72 truncate text-change text-xs" title={reading.message}>
          {`Cluster not read: ${reading.message}`}
        </p>
      )}
    </div>
  );
}
