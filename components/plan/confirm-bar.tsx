"use client";

import { type FormEvent, useId, useState } from "react";
import { Button, ButtonLink } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { FailureMessage } from "@/components/ui/failure-message";
import { TextField } from "@/components/ui/input";
import type { Failure } from "@/lib/core/failure";
import type { HostCounts } from "@/lib/core/plan/host-words";
import type { Check } from "@/lib/core/plan/plan";
import type { RunCounts } from "@/lib/server/views";
import { Changes } from "./changes";

interface ApplyInput {
  readonly reason?: string;
  readonly confirm?: string;
  readonly accepted?: readonly string[];
}

interface ConfirmBarProps {
  readonly counts: RunCounts;
  readonly hosts: HostCounts;
  readonly clusterName: string;
  readonly layoutHref: string;
  /** Why the plan cannot be applied now; null when it can. */
  readonly refusal: string | null;
  /** What goes away may be in use: the cluster's name has to be typed. */
  readonly typed: boolean;
  /** Checks that want a tick. */
  readonly ticks: readonly Check[];
  /** Others are concerned, so the history has to say why. */
  readonly reasonNeeded: boolean;
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly onApply: (input: ApplyInput) => void;
}

/** The last step before a run: why, what for, and the button. Stays in sight at the foot of the page. */
export function ConfirmBar(props: ConfirmBarProps) {
  const { counts, hosts, clusterName, layoutHref, refusal, typed, ticks, reasonNeeded, busy, failure, onApply } = props;
  const [reason, setReason] = useState("");
  const [confirm, setConfirm] = useState("");
  const [accepted, setAccepted] = useState<readonly string[]>([]);
  const why = useId();
  const open = ticks.find(({ id }) => !accepted.includes(id));
  const blocked = refusal ?? missing();

  function missing(): string | null {
    if (open) return `Tick “${open.title}” first.`;
    if (reasonNeeded && reason.trim() === "") return "Say why; others are concerned.";
    return typed && confirm.trim() !== clusterName ? `Type ${clusterName} to confirm.` : null;
  }

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (blocked !== null || busy) return;
    onApply({
      ...(reason.trim() ? { reason: reason.trim() } : {}),
      ...(typed ? { confirm: confirm.trim() } : {}),
      ...(ticks.length > 0 ? { accepted } : {}),
    });
  };

  return (
    <form
      onSubmit={submit}
      aria-label="Apply this plan"
      className="sticky bottom-4 z-10 rounded-lg border border-hairline bg-raised p-3 shadow-overlay"
    >
      {failure ? (
        <div className="mb-3">
          <FailureMessage failure={failure} />
        </div>
      ) : null}
      {typed && refusal === null ? (
        <p className="mb-3 text-text-2">
          <span className="font-medium text-destroy">This plan takes away objects that guests may be using.</span> Once
          it is committed it cannot be stopped.
        </p>
      ) : null}
      {refusal === null && ticks.length > 0 ? (
        <div className="mb-3 flex flex-col gap-1">
          {ticks.map((check) => (
            <Checkbox
              key={check.id}
              label={`${check.title}: I have read what will happen`}
              hint={check.detail}
              checked={accepted.includes(check.id)}
              onChange={(on) => setAccepted(on ? [...accepted, check.id] : accepted.filter((id) => id !== check.id))}
            />
          ))}
        </div>
      ) : null}
      <div className="flex flex-wrap items-end gap-3">
        {refusal === null ? (
          <TextField
            label="Reason"
            optional={!reasonNeeded}
            placeholder="Kept in the history"
            value={reason}
            maxLength={500}
            onChange={(event) => setReason(event.target.value)}
            className="min-w-48 flex-1"
          />
        ) : (
          <p id={why} className="flex min-h-8 flex-1 basis-48 items-center text-text-2">
            {refusal}
          </p>
        )}
        {typed && refusal === null ? (
          <TextField
            label={`Type ${clusterName} to confirm`}
            value={confirm}
            autoComplete="off"
            spellCheck={false}
            mono
            onChange={(event) => setConfirm(event.target.value)}
            className="min-w-48 flex-1"
          />
        ) : null}
        <div className="ml-auto flex flex-wrap items-center gap-x-3 gap-y-2">
          <Changes counts={counts} hosts={hosts} />
          <ButtonLink href={layoutHref} variant="ghost">
            Discard
          </ButtonLink>
          <Button
            type="submit"
            variant={typed ? "danger" : "primary"}
            busy={busy}
            disabledReason={blocked}
            {...(refusal === null ? {} : { "aria-describedby": why })}
          >
            {busy ? "Starting" : `Apply to ${clusterName}`}
          </Button>
        </div>
      </div>
    </form>
  );
}
