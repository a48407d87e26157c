"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { roleReason } from "@/components/shell/role-reason";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogActions } from "@/components/ui/dialog";
import { EmptyState } from "@/components/ui/empty-state";
import { FailureMessage } from "@/components/ui/failure-message";
import { getJson } from "@/components/ui/get-json";
import { TextField } from "@/components/ui/input";
import { ReadState } from "@/components/ui/read-state";
import { useAction } from "@/components/ui/use-action";
import type { SeedReport } from "@/lib/core/hosts/seed-report";
import { plural } from "@/lib/core/plural";
import type { Role } from "@/lib/server/views";
import type { AboutAgent } from "./about-agent";
import { LeftoverTable } from "./leftover-table";

interface LeftoversDialogProps extends AboutAgent {
  readonly role: Role;
}

/** What the Terraform module left on a node, and the way to take it off piece by piece. */
export function LeftoversDialog({ clusterId, agent, actions, role, onClose }: LeftoversDialogProps) {
  const { node } = agent;
  const path = `/api/v1/clusters/${encodeURIComponent(clusterId)}/agents/${encodeURIComponent(node)}/leftovers`;
  const scan = useQuery({
    queryKey: ["leftovers", clusterId, node],
    queryFn: ({ signal }) => getJson<SeedReport>(path, signal),
    gcTime: 0,
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      width="lg"
      title={`Leftovers of the Terraform module on ${node}`}
      description="What terraform-proxmox-sdn put there by scripts. Names are compared as a whole and files by their content; what only looks similar is left alone."
    >
      <ReadState query={scan} what={`what is left on ${node}`}>
        {(report) => (
          <Found
            {...{ clusterId, node, role, report, onClose }}
            remove={actions.removeLeftovers}
            readAgain={() => void scan.refetch()}
          />
        )}
      </ReadState>
    </Dialog>
  );
}

interface FoundProps {
  readonly clusterId: string;
  readonly node: string;
  readonly role: Role;
  readonly report: SeedReport;
  readonly remove: AboutAgent["actions"]["removeLeftovers"];
  readonly readAgain: () => void;
  readonly onClose: () => void;
}

function Found({ clusterId, node, role, report, remove, readAgain, onClose }: FoundProps) {
  const [ids, setIds] = useState<readonly string[]>([]);
  const [confirm, setConfirm] = useState("");
  const removing = useAction(remove);
  const done = removing.value;
  const { leftovers, left } = report;
  const chosen = leftovers.filter(({ id }) => ids.includes(id));
  const refusal =
    roleReason(role, "owner", "remove leftovers") ??
    (chosen.length === 0 ? "Choose what to remove" : confirm.trim() === node ? null : `Type ${node} first`);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (refusal !== null || removing.busy) return;
        removing.start({ clusterId, node, ids: chosen.map(({ id }) => id), confirm }, () => {
          setIds([]);
          setConfirm("");
          readAgain();
        });
      }}
    >
      {done ? <Outcome report={done} /> : null}
      {leftovers.length === 0 ? (
        <EmptyState title="Nothing of the module is here">
          {done ? "All of it is gone." : `${node} is clean.`}
        </EmptyState>
      ) : (
        <>
          <Checkbox
            label={`All ${leftovers.length}`}
            checked={chosen.length === leftovers.length}
            onChange={(all) => setIds(all ? leftovers.map(({ id }) => id) : [])}
          />
          <LeftoverTable leftovers={leftovers} ids={ids} onChange={setIds} />
        </>
      )}
      {chosen.some(({ shared }) => shared) ? (
        <Callout kind="warning" title="Shared parts are among them">
          They serve every zone of the module on this node: gone for one, gone for all. Take them with the last zone.
        </Callout>
      ) : null}
      {left.length > 0 ? (
        <details>
          <summary className="cursor-default text-sm text-text-2 hover:text-text">
            {plural(left.length, "thing")} left alone
          </summary>
          <ul className="list-disc pl-5 text-sm text-text-2">
            {left.map(({ name, reason }) => (
              <li key={`${name} ${reason}`}>
                <span className="mono break-all">{name}</span>: {reason}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {removing.failure ? <FailureMessage failure={removing.failure} /> : null}
      {chosen.length > 0 ? (
        <TextField
          label={`Type ${node} to confirm`}
          hint="Guests lose what these parts serve at once. Apply the layout right after."
          mono
          value={confirm}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setConfirm(event.target.value)}
        />
      ) : null}
      <DialogActions>
        <Button onClick={onClose}>Close</Button>
        {leftovers.length > 0 ? (
          <Button type="submit" variant="danger" busy={removing.busy} disabledReason={refusal}>
            {chosen.length === 0 ? "Remove" : `Remove ${chosen.length}`}
          </Button>
        ) : null}
      </DialogActions>
    </form>
  );
}

/** What became of each thing that was chosen. */
function Outcome({ report: { removed, failed } }: { readonly report: SeedReport }) {
  return (
    <Callout
      kind={failed.length > 0 ? "warning" : "success"}
      title={`${removed.length} removed${failed.length > 0 ? `, ${failed.length} could not be` : ""}`}
    >
      <ul className="list-disc pl-4">
        {failed.map(({ id, name }) => (
          <li key={id}>
            Still there: <span className="mono break-all">{name}</span>
          </li>
        ))}
        {removed.slice(0, 20).map(({ id, name }) => (
          <li key={id}>
            Gone: <span className="mono break-all">{name}</span>
          </li>
        ))}
      </ul>
    </Callout>
  );
}
