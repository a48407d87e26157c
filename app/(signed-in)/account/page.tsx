import type { Metadata } from "next";
import { OwnPassword } from "@/components/people/own-password";
import { ThemeCard } from "@/components/people/theme-card";
import { TokenList } from "@/components/people/token-list";
import { PageBody } from "@/components/shell/page-body";
import { ROLE_WORD } from "@/components/shell/role-word";
import { Badge } from "@/components/ui/badge";
import { FailureMessage } from "@/components/ui/failure-message";
import { PageHeader } from "@/components/ui/page-header";
import { requireActor } from "@/lib/server/session";
import { listTokens } from "@/lib/server/tokens";
import { changePassword, createApiToken, revokeApiToken } from "./actions";

export const metadata: Metadata = { title: "Account" };

export default async function AccountPage() {
  const actor = await requireActor();
  const tokens = actor.role === "owner" ? await listTokens(actor) : null;
  return (
    <PageBody width="narrow">
      <PageHeader title={actor.name} description={actor.email} facts={<Badge>{ROLE_WORD[actor.role]}</Badge>} />
      <div className="flex flex-col gap-4">
        <ThemeCard />
        <OwnPassword email={actor.email} change={changePassword} />
        {tokens?.ok && <TokenList tokens={tokens.value} create={createApiToken} revoke={revokeApiToken} />}
        {tokens && !tokens.ok && <FailureMessage failure={tokens.error} />}
      </div>
    </PageBody>
  );
}
