"use client";

import { Copy, Ellipsis, LayoutTemplate, Pencil, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem, MenuSeparator } from "@/components/ui/menu";
import { RelativeTime } from "@/components/ui/relative-time";
import { StateBadge } from "@/components/ui/state-badge";
import { Td } from "@/components/ui/table";
import type { LayoutSummary } from "@/lib/server/views";
import type { LayoutActions } from "./layout-actions";

// Dialogs come when they are asked for.
const NameDialog = dynamic(() => import("./name-dialog").then((module) => module.NameDialog), { ssr: false });
const DeleteLayoutDialog = dynamic(() => import("./delete-layout-dialog").then((module) => module.DeleteLayoutDialog), {
  ssr: false,
});

type Asking = "rename" | "duplicate" | "template" | "delete" | null;

interface LayoutRowProps {
  readonly layout: LayoutSummary;
  /** Why the person may not change layouts; null when they may. */
  readonly reason: string | null;
  readonly actions: LayoutActions;
}

export function LayoutRow({ layout, reason, actions }: LayoutRowProps) {
  const { id, name, lastRun } = layout;
  return (
    <tr className="relative hover:bg-hover">
      <Td className="min-w-44 font-medium">
        <Link href={`/layouts/${id}`} className="after:absolute after:inset-0">
          {name}
        </Link>
      </Td>
      <Td className="hidden text-text-2 @xl:table-cell">
        {layout.clusterName ?? <span className="text-text-3">None chosen</span>}
      </Td>
      <Td className="hidden text-right text-text-2 @2xl:table-cell">{layout.zones.toLocaleString("en")}</Td>
      <Td className="hidden text-right text-text-2 @md:table-cell">{layout.vnets.toLocaleString("en")}</Td>
      <Td className="hidden text-right text-text-2 @2xl:table-cell">{layout.subnets.toLocaleString("en")}</Td>
      <Td>
        {lastRun ? (
          <span className="inline-flex items-center gap-2 whitespace-nowrap">
            <StateBadge state={lastRun.state} />
            <Link
              href={`/runs/${lastRun.id}`}
              className="relative rounded-xs text-text-2 hover:text-text hover:underline"
            >
              #{lastRun.number}
            </Link>
          </span>
        ) : (
          <span className="text-text-3">Never applied</span>
        )}
      </Td>
      <Td className="hidden whitespace-nowrap text-text-2 @2xl:table-cell">
        <RelativeTime at={layout.updatedAt} />
        <span className="text-text-3"> by {layout.updatedBy}</span>
      </Td>
      <Td className="w-0">
        <RowMenu layout={layout} reason={reason} actions={actions} />
      </Td>
    </tr>
  );
}

function RowMenu({ layout: { id, name }, reason, actions }: LayoutRowProps) {
  const [asking, setAsking] = useState<Asking>(null);
  const close = () => setAsking(null);
  return (
    <>
      <Menu
        trigger={
          <IconButton
            label={`Commands for ${name}`}
            icon={<Ellipsis aria-hidden size={16} />}
            size="sm"
            className="relative"
          />
        }
      >
        <MenuItem icon={<Pencil aria-hidden size={14} />} onSelect={() => setAsking("rename")} disabledReason={reason}>
          Rename
        </MenuItem>
        <MenuItem icon={<Copy aria-hidden size={14} />} onSelect={() => setAsking("duplicate")} disabledReason={reason}>
          Duplicate
        </MenuItem>
        <MenuItem
          icon={<LayoutTemplate aria-hidden size={14} />}
          onSelect={() => setAsking("template")}
          disabledReason={reason}
        >
          Save as template
        </MenuItem>
        <MenuSeparator />
        <MenuItem
          icon={<Trash2 aria-hidden size={14} />}
          danger
          onSelect={() => setAsking("delete")}
          disabledReason={reason}
        >
          Delete
        </MenuItem>
      </Menu>
      {asking === "rename" && (
        <NameDialog
          title="Rename layout"
          label="Name"
          verb="Rename"
          initial={name}
          action={actions.rename}
          input={(to) => ({ id, name: to })}
          said={(to) => `Renamed to ${to}`}
          onClose={close}
        />
      )}
      {asking === "duplicate" && (
        <NameDialog
          title="Duplicate layout"
          label="Name of the copy"
          verb="Duplicate"
          initial={`${name} copy`}
          action={actions.duplicate}
          input={(to) => ({ id, name: to })}
          said={(to) => `Created ${to}`}
          onClose={close}
        />
      )}
      {asking === "template" && (
        <NameDialog
          title="Save as template"
          label="Title"
          verb="Save template"
          initial={name}
          action={actions.saveAsTemplate}
          input={(title) => ({ layoutId: id, title })}
          said={(title) => `${title} is now under Templates`}
          onClose={close}
        />
      )}
      {asking === "delete" && <DeleteLayoutDialog id={id} name={name} remove={actions.remove} onClose={close} />}
    </>
  );
}
