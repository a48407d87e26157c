import type { ReactNode } from "react";
import { Shell } from "@/components/shell/shell";
import { requireActor } from "@/lib/server/session";
import { leave } from "./actions";

export default async function SignedInLayout({ children }: { readonly children: ReactNode }) {
  return (
    <Shell actor={await requireActor()} signOut={leave}>
      {children}
    </Shell>
  );
}
