import type { ReactNode } from "react";
import { QueryProvider } from "@/components/shell/query-provider";
import { Shell } from "@/components/shell/shell";
import { Toaster } from "@/components/ui/toaster";
import { requireActor } from "@/lib/server/session";
import { leave } from "./actions";

export default async function SignedInLayout({ children }: { readonly children: ReactNode }) {
  const actor = await requireActor();
  return (
    <QueryProvider>
      <Shell actor={actor} signOut={leave}>
        {children}
      </Shell>
      <Toaster />
    </QueryProvider>
  );
}
