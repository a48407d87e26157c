"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { FailureMessage } from "@/components/ui/failure-message";
import { Field } from "@/components/ui/field";
import { Textarea, TextField } from "@/components/ui/input";
import { RadioCards } from "@/components/ui/radio-cards";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { AgentView } from "@/lib/server/agent-views";

interface InstallOnceProps {
  readonly clusterId: string;
  readonly node: string;
  readonly agent: AgentView;
  /** `{clusterId, node, user, signIn}` */
  readonly install: ServerAction<{ readonly log: string }>;
  readonly onInstalled: () => void;
}

type Proof = "password" | "privateKey";

const FIELDS = ["user", "signIn", "signIn.password", "signIn.privateKey", "signIn.passphrase"];

/** Runs the same script over SSH, signed in as the person says. What they sign in with leaves the form at once. */
export function InstallOnce({ clusterId, node, agent, install, onInstalled }: InstallOnceProps) {
  const [user, setUser] = useState("root");
  const [proof, setProof] = useState<Proof>("password");
  const [secret, setSecret] = useState("");
  const [passphrase, setPassphrase] = useState("");
  const { start, busy, failure, value } = useAction(install);
  const wrong = failure?.fields ?? {};
  const error = wrong["signIn"] ?? wrong[`signIn.${proof}`];
  return (
    <form
      className="flex flex-col gap-4"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (busy) return;
        const signIn =
          proof === "password"
            ? { password: secret }
            : { privateKey: secret, ...(passphrase === "" ? {} : { passphrase }) };
        setSecret("");
        setPassphrase("");
        start({ clusterId, node, user, signIn }, onInstalled);
      }}
    >
      <p className="text-sm text-text-2">
        Trunkline signs in at <span className="mono">{agent.host}</span> port {agent.port}, checks the pinned host key
        and runs the script of the other tab. The password or key is used for this one time: it is not stored, not
        logged, and has to be entered again for another try.
      </p>
      <TextField
        label="User"
        mono
        required
        value={user}
        spellCheck={false}
        hint="It must be root, or the script stops."
        onChange={(event) => setUser(event.target.value)}
        error={wrong["user"]}
      />
      <RadioCards<Proof>
        label="Sign in with"
        value={proof}
        onChange={(next) => {
          setProof(next);
          setSecret("");
        }}
        options={[
          { value: "password", title: "A password", note: "If the node's SSH server lets this user in by password." },
          { value: "privateKey", title: "A private key", note: "One that the user has in authorized_keys already." },
        ]}
      />
      {proof === "password" ? (
        <TextField
          label="Password"
          type="password"
          required
          value={secret}
          autoComplete="off"
          onChange={(event) => setSecret(event.target.value)}
          error={error}
        />
      ) : (
        <>
          <Field label="Private key" error={error} hint="From -----BEGIN to -----END, both lines with it.">
            {(control) => (
              <Textarea
                {...control}
                mono
                required
                rows={5}
                value={secret}
                autoComplete="off"
                spellCheck={false}
                onChange={(event) => setSecret(event.target.value)}
              />
            )}
          </Field>
          <TextField
            label="Passphrase of the key"
            type="password"
            optional
            value={passphrase}
            autoComplete="off"
            onChange={(event) => setPassphrase(event.target.value)}
          />
        </>
      )}
      {failure ? <FailureMessage failure={failure} shownFields={FIELDS} /> : null}
      {value ? <InstallLog log={value.log} /> : null}
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          Install now
        </Button>
      </div>
    </form>
  );
}

function InstallLog({ log }: { readonly log: string }) {
  return (
    <section
      aria-label="What the script said"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable from the keyboard
      tabIndex={0}
      className="max-h-28 overflow-auto rounded-md border border-hairline bg-sunken"
    >
      <pre className="p-3 text-xs leading-5">{log}</pre>
    </section>
  );
}
