"use client";

import { Button } from "@/components/ui/button";
import { FailureMessage } from "@/components/ui/failure-message";
import { TextField } from "@/components/ui/input";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { SetupPurpose } from "@/lib/server/views";
import { NewPasswordField } from "./new-password-field";

interface SetupFormProps {
  readonly token: string;
  readonly purpose: SetupPurpose;
  /** Whose password is renewed; null when the owner is created. */
  readonly email: string | null;
  readonly finish: ServerAction<null>;
}

/** What a one-time link asks for: the owner's account, or a new password. */
export function SetupForm({ token, purpose, email, finish }: SetupFormProps) {
  const { start, busy, failure } = useAction(finish);
  const owner = purpose === "owner";
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        const person = owner ? { name: data.get("name"), email: data.get("email") } : {};
        start({ token, password: data.get("password"), ...person });
      }}
    >
      {failure && <FailureMessage failure={failure} shownFields={["name", "email", "password"]} />}
      {owner ? (
        <>
          <TextField
            label="Your name"
            name="name"
            autoComplete="name"
            required
            maxLength={80}
            autoFocus
            hint="Stands in the history beside what you apply."
            error={failure?.fields?.["name"]}
          />
          <TextField
            label="E-mail"
            name="email"
            type="email"
            autoComplete="username"
            required
            hint="Used to sign in. No mail is ever sent."
            error={failure?.fields?.["email"]}
          />
        </>
      ) : (
        <input type="hidden" name="username" autoComplete="username" value={email ?? ""} />
      )}
      <NewPasswordField
        label={owner ? "Password" : "New password"}
        error={failure?.fields?.["password"]}
        autoFocus={!owner}
      />
      <Button type="submit" variant="primary" size="lg" busy={busy}>
        {owner ? "Create account" : "Save and sign in"}
      </Button>
    </form>
  );
}
