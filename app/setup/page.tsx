import type { Metadata } from "next";
import { SetupForm } from "@/components/setup/setup-form";
import { Centred } from "@/components/shell/centred";
import { ButtonLink } from "@/components/ui/button";
import { FailureMessage } from "@/components/ui/failure-message";
import { readSetup } from "@/lib/server/setup";
import { finish } from "./actions";

// The address holds a one-time secret; it must not travel on as a referrer.
export const metadata: Metadata = { title: "Set up", referrer: "no-referrer" };

interface SetupPageProps {
  readonly searchParams: Promise<{ readonly token?: string | readonly string[] }>;
}

export default async function SetupPage({ searchParams }: SetupPageProps) {
  const { token } = await searchParams;
  const setup = await readSetup(typeof token === "string" ? token : "");
  if (!setup.ok || typeof token !== "string") {
    return (
      <Centred title="This link does not work">
        {!setup.ok && (
          <FailureMessage
            failure={setup.error}
            actions={
              <ButtonLink href="/sign-in" size="sm">
                Go to sign-in
              </ButtonLink>
            }
          />
        )}
      </Centred>
    );
  }
  const owner = setup.value.purpose === "owner";
  return (
    <Centred
      title={owner ? "Create the owner account" : "Set a new password"}
      description={
        owner
          ? "You are the first here. The owner connects clusters and creates accounts for others."
          : `For ${setup.value.email ?? "the owner"}. Every session of this account ends.`
      }
    >
      <SetupForm token={token} purpose={setup.value.purpose} email={setup.value.email} finish={finish} />
    </Centred>
  );
}
