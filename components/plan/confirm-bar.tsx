"use client";

import { type FormEvent, useId, useState } from "react";
import { Button, ButtonLink } from "@/components/ui/button";
import { ChangeCounts } from "@/components/ui/change-symbol";
import { FailureMessage } from "@/components/ui/failure-message";
import { TextField } from "@/components/ui/input";
import type { Failure } from "@/lib/core/failure";
import type { RunCounts } from "@/lib/server/views";

interface ApplyInput {
  readonly reason?: string;
  readonly confirm?: string;
}

interface ConfirmBarProps {
  readonly counts: RunCounts;
  readonly clusterName: string;
  readonly layoutHref: string;
  /** Why the plan cannot be applied now; null when it can. */
  readonly refusal: string | null;
  /** What goes away may be in use: the cluster's name has to be typed. */
  readonly typed: boolean;
  readonly busy: boolean;
  readonly failure: Failure | null;
  readonly onApply: (input: ApplyInput) => void;
}

/** The last step before a run: why, what for, and the button. Stays in sight at the foot of the page. */
export function ConfirmBar(props: ConfirmBarProps) {
  const { counts, clusterName, layoutHref, refusal, typed, busy, failure, onApply } = props;
  const [reason, setReason] = useState("");
  const [confirm, setConfirm] = useState("");
  const why = useId();
  const mismatch = typed && confirm.trim() !== clusterName;
  const blocked = refusal ?? (mismatch ? `Type ${clusterName} to confirm.` : null);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (blocked !== null || busy) return;
    onApply({
      ...(reason.trim() ? { reason: reason.trim() } : {}),
      ...(typed ? { confirm: confirm.trim() } : {}),
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
          it is committed it cannot be cancelled.
        </p>
      ) : null}
      <div className="flex flex-wrap items-end gap-3">
        {refusal === null ? (
          <TextField
            label="Reason"
            optional
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
          <ChangeCounts counts={counts} />
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
