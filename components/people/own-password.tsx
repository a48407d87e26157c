"use client";

import { useRouter } from "next/navigation";
import { NewPasswordField } from "@/components/setup/new-password-field";
import { Button } from "@/components/ui/button";
import { SectionCard } from "@/components/ui/card";
import { FailureMessage } from "@/components/ui/failure-message";
import { TextField } from "@/components/ui/input";
import { type ServerAction, useAction } from "@/components/ui/use-action";

interface OwnPasswordProps {
  readonly email: string;
  readonly change: ServerAction<null>;
}

/** Changes one's own password; every session ends, so signing in again follows. */
export function OwnPassword({ email, change }: OwnPasswordProps) {
  const router = useRouter();
  const { start, busy, failure } = useAction(change);
  return (
    <SectionCard title="Password" description="All your sessions end when it changes, this one too.">
      <form
        className="flex max-w-sm flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const data = new FormData(event.currentTarget);
          start({ current: data.get("current"), password: data.get("password") }, () => router.push("/sign-in"));
        }}
      >
        <input type="hidden" name="username" autoComplete="username" value={email} />
        <TextField
          label="Current password"
          name="current"
          type="password"
          required
          autoComplete="current-password"
          error={failure?.fields?.["current"]}
        />
        <NewPasswordField label="New password" error={failure?.fields?.["password"]} />
        {failure && !failure.fields && <FailureMessage failure={failure} />}
        <div>
          <Button type="submit" busy={busy}>
            Change password
          </Button>
        </div>
      </form>
    </SectionCard>
  );
}
