"use client";

import { useState } from "react";
import { ROLE_WORD } from "@/components/shell/role-word";
import { Button } from "@/components/ui/button";
import { SectionCard } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { RelativeTime } from "@/components/ui/relative-time";
import { Table, Td, Th } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import { type ServerAction, useAction } from "@/components/ui/use-action";
import type { TokenView } from "@/lib/server/views";
import { CreateTokenDialog } from "./create-token-dialog";

interface TokenListProps {
  readonly tokens: readonly TokenView[];
  /** `{name, role}` */
  readonly create: ServerAction<{ readonly id: string; readonly secret: string }>;
  /** `{id}` */
  readonly revoke: ServerAction<null>;
}

/** API tokens: for scripts that speak to Trunkline itself. */
export function TokenList({ tokens, create, revoke }: TokenListProps) {
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<TokenView | null>(null);
  const { start, busy, failure, reset } = useAction(revoke);
  function close() {
    setRevoking(null);
    reset();
  }
  return (
    <SectionCard
      title="API tokens"
      description="For scripts: sent as a bearer token to /api/v1. Each acts with its own role."
      actions={
        <Button size="sm" onClick={() => setCreating(true)}>
          Create token
        </Button>
      }
    >
      {tokens.length === 0 ? (
        <p className="text-sm text-text-3">None yet.</p>
      ) : (
        <Table caption="API tokens">
          <thead>
            <tr>
              <Th>Name</Th>
              <Th>Role</Th>
              <Th>Created</Th>
              <Th>Last used</Th>
              <Th>
                <span className="sr-only">Commands</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {tokens.map((token) => (
              <tr key={token.id}>
                <Td className="font-medium">{token.name}</Td>
                <Td>{ROLE_WORD[token.role]}</Td>
                <Td className="text-text-2">
                  <RelativeTime at={token.createdAt} />
                  <span className="text-text-3"> by {token.createdBy}</span>
                </Td>
                <Td className="text-text-2">{token.lastUsedAt ? <RelativeTime at={token.lastUsedAt} /> : "Never"}</Td>
                <Td className="w-0">
                  <Button
                    size="sm"
                    variant="ghost"
                    onClick={() => setRevoking(token)}
                    aria-label={`Revoke ${token.name}`}
                  >
                    Revoke
                  </Button>
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {creating && <CreateTokenDialog create={create} onClose={() => setCreating(false)} />}
      {revoking && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && close()}
          title={`Revoke ${revoking.name}?`}
          description="Scripts that use it are refused from now on. This cannot be taken back."
          confirmLabel="Revoke token"
          danger
          busy={busy}
          failure={failure}
          onConfirm={() =>
            start({ id: revoking.id }, () => {
              toast.success(`${revoking.name} is revoked`);
              close();
            })
          }
        />
      )}
    </SectionCard>
  );
}
