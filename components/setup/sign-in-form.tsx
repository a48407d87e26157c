"use client";

import { Button } from "@/components/ui/button";
import { FailureMessage } from "@/components/ui/failure-message";
import { TextField } from "@/components/ui/input";
import { type ServerAction, useAction } from "@/components/ui/use-action";

/** E-mail and password. The way back in without a password is a command on the server, and is said here. */
export function SignInForm({ signIn }: { readonly signIn: ServerAction<null> }) {
  const { start, busy, failure } = useAction(signIn);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        const data = new FormData(event.currentTarget);
        start({ email: data.get("email"), password: data.get("password") });
      }}
    >
      {failure && <FailureMessage failure={failure} shownFields={["email", "password"]} />}
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        required
        autoFocus
        error={failure?.fields?.["email"]}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
        error={failure?.fields?.["password"]}
      />
      <Button type="submit" variant="primary" size="lg" busy={busy}>
        Sign in
      </Button>
      <p className="text-text-3 text-xs">
        Forgotten the password? An owner can set a new one under People. Owners run{" "}
        <code className="text-text-2">npm run sign-in-link</code> on the server.
      </p>
    </form>
  );
}
