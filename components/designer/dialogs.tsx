"use client";

import dynamic from "next/dynamic";
import { patiently } from "@/components/ui/patiently";
import type { ServerAction } from "@/components/ui/use-action";
import { useDesigner, useDesignerActions, useDesignerParts } from "./designer-context";

// Dialogs are fetched when the first of their kind opens; the Board should not wait for them.
const AddZoneDialog = dynamic(
  patiently(() => import("./dialogs/add-zone-dialog").then((module) => module.AddZoneDialog)),
  {
    loading: () => null,
  },
);
const AddSubnetDialog = dynamic(
  patiently(() => import("./dialogs/add-subnet-dialog").then((module) => module.AddSubnetDialog)),
  {
    loading: () => null,
  },
);
const DeleteDialog = dynamic(
  patiently(() => import("./dialogs/delete-dialog").then((module) => module.DeleteDialog)),
  {
    loading: () => null,
  },
);
const MoveDialog = dynamic(
  patiently(() => import("./dialogs/move-dialog").then((module) => module.MoveDialog)),
  {
    loading: () => null,
  },
);
const ShortcutsDialog = dynamic(
  patiently(() => import("./dialogs/shortcuts-dialog").then((module) => module.ShortcutsDialog)),
  {
    loading: () => null,
  },
);
const ProblemsDialog = dynamic(
  patiently(() => import("./dialogs/problems-dialog").then((module) => module.ProblemsDialog)),
  {
    loading: () => null,
  },
);
const PasteDialog = dynamic(
  patiently(() => import("./dialogs/paste-dialog").then((module) => module.PasteDialog)),
  {
    loading: () => null,
  },
);
const SaveTemplateDialog = dynamic(
  patiently(() => import("./dialogs/save-template-dialog").then((module) => module.SaveTemplateDialog)),
  { loading: () => null },
);
const InsertTemplateDialog = dynamic(
  patiently(() => import("./dialogs/insert-template-dialog").then((module) => module.InsertTemplateDialog)),
  { loading: () => null },
);
const Palette = dynamic(
  patiently(() => import("./dialogs/palette").then((module) => module.Palette)),
  { loading: () => null },
);
const HistoryDialog = dynamic(
  patiently(() => import("./dialogs/history-dialog").then((module) => module.HistoryDialog)),
  {
    loading: () => null,
  },
);

interface DialogsProps {
  readonly layoutId: string;
  readonly onPlan: () => void;
  /** Takes `{layoutId, title, keys?}`. */
  readonly saveTemplate: ServerAction<{ id: string }>;
}

/** The dialog in front, if any. */
export function Dialogs({ layoutId, onPlan, saveTemplate }: DialogsProps) {
  const dialog = useDesigner((state) => state.dialog);
  const { showDialog } = useDesignerActions();
  const { view } = useDesignerParts();
  const close = () => {
    showDialog(null);
    // What had the focus before may be gone with what was deleted or closed.
    setTimeout(() => document.activeElement === document.body && view.focus(), 80);
  };
  switch (dialog?.kind) {
    case undefined:
      return null;
    case "add-zone":
      return <AddZoneDialog onClose={close} />;
    case "add-subnet":
      return <AddSubnetDialog vnet={dialog.vnet} onClose={close} />;
    case "delete":
      return <DeleteDialog keys={dialog.keys} onClose={close} />;
    case "move":
      return <MoveDialog vnets={dialog.vnets} onClose={close} />;
    case "paste":
      return <PasteDialog clip={dialog.clip} onClose={close} />;
    case "save-template":
      return <SaveTemplateDialog layoutId={layoutId} saveTemplate={saveTemplate} onClose={close} />;
    case "insert-template":
      return <InsertTemplateDialog template={dialog.template ?? null} onClose={close} />;
    case "palette":
      return <Palette onPlan={onPlan} onClose={close} />;
    case "shortcuts":
      return <ShortcutsDialog onClose={close} />;
    case "problems":
      return <ProblemsDialog onClose={close} />;
    case "history":
      return <HistoryDialog onClose={close} />;
  }
}
