import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInForm } from "@/components/setup/sign-in-form";
import { Centred } from "@/components/shell/centred";
import { currentActor } from "@/lib/server/session";
import { enter } from "./actions";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage() {
  if (await currentActor()) redirect("/");
  return (
    <Centred title="Sign in">
      <SignInForm signIn={enter} />
    </Centred>
  );
}
