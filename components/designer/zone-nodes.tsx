"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { FaultLine } from "@/components/ui/field";
import { spansNode } from "@/lib/core/board/geometry";
import type { Zone } from "@/lib/core/layout/model";
import { zoneKey } from "@/lib/core/plan/entity";
import { everyNodeCommand, setFieldCommand, toggleNodeCommand } from "./commands";
import { useBoard, useDesigner, useDesignerActions } from "./designer-context";
import { EntityField } from "./entity-field";
import { problemAt } from "./judge";

/** Which nodes a zone is on. Without a list it is on every node, also on ones that join later. */
export function ZoneNodes({ zone }: { readonly zone: Zone }) {
  const nodes = useBoard((state) => state.nodes);
  const cells = useBoard((state) => state.board.zones.find((each) => each.zone === zone)?.cells);
  const locked = useDesigner((state) => state.locked !== null);
  const problem = useDesigner((state) => problemAt(state.problems, zoneKey(zone.id), "nodes"));
  const { change, say } = useDesignerActions();
  const every = !zone.nodes || zone.nodes.length === 0;

  if (nodes.length === 0) {
    return (
      <EntityField
        of={zoneKey(zone.id)}
        field="nodes"
        kind="list"
        label="Nodes"
        optional
        hint="Names separated by commas; empty means every node. With a cluster chosen its nodes are listed here."
        value={zone.nodes}
      />
    );
  }

  function toggle(node: string) {
    const member = spansNode(zone, node);
    const members = nodes.filter((each) => spansNode(zone, each));
    if (member && members.length === 1) say(`${zone.id} has to stay on one node at least.`);
    else change(toggleNodeCommand(zone, node, nodes, member));
  }

  function setEvery(on: boolean) {
    const fixed = setFieldCommand(zoneKey(zone.id), "nodes", undefined, [...nodes]);
    if (on) change(everyNodeCommand(zone));
    else if (fixed) change(fixed);
  }

  return (
    <div className="flex flex-col gap-1">
      <Checkbox label="Every node, also ones that join later" checked={every} disabled={locked} onChange={setEvery} />
      <fieldset className="grid grid-cols-2 gap-x-4 border-hairline border-t pt-2">
        <legend className="sr-only">Nodes of {zone.id}</legend>
        {nodes.map((node) => (
          <Checkbox
            key={node}
            label={<span className="mono">{node}</span>}
            {...(cells?.find((cell) => cell.node === node)?.missingBridge ? { hint: `no ${zone.bridge}` } : {})}
            checked={spansNode(zone, node)}
            disabled={locked}
            onChange={() => toggle(node)}
          />
        ))}
      </fieldset>
      {problem && <FaultLine fault={problem} />}
    </div>
  );
}
