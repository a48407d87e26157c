"use client";

import { Ellipsis, KeyRound, UserCheck, UserX } from "lucide-react";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { FailureMessage } from "@/components/ui/failure-message";
import { IconButton } from "@/components/ui/icon-button";
import { Menu, MenuItem } from "@/components/ui/menu";
import { RelativeTime } from "@/components/ui/relative-time";
import { Select } from "@/components/ui/select";
import { Td } from "@/components/ui/table";
import { toast } from "@/components/ui/toast";
import { useAction } from "@/components/ui/use-action";
import type { PersonView } from "@/lib/server/views";
import { NewPasswordDialog } from "./new-password-dialog";
import type { PeopleActions } from "./people-actions";
import { ROLE_OPTIONS } from "./roles";

interface PersonRowProps {
  readonly person: PersonView;
  /** It is the account of who is looking. */
  readonly self: boolean;
  readonly actions: PeopleActions;
}

export function PersonRow({ person, self, actions }: PersonRowProps) {
  const [asking, setAsking] = useState<"password" | "disable" | null>(null);
  const role = useAction(actions.setRole);
  const disable = useAction(actions.disable);
  const enable = useAction(actions.enable);
  const { id, name, disabled } = person;
  const failure = role.failure ?? enable.failure;
  return (
    <>
      <tr className={disabled ? "text-text-3" : ""}>
        <Td className="font-medium">
          <span className="inline-flex items-center gap-2">
            {name}
            {self && <Badge>You</Badge>}
            {disabled && <Badge tone="destroy">Disabled</Badge>}
          </span>
        </Td>
        <Td className="text-text-2">{person.email}</Td>
        <Td>
          <Select
            label={`Role of ${name}`}
            value={person.role}
            disabled={role.busy || disabled}
            options={ROLE_OPTIONS}
            onChange={(next) => role.start({ id, role: next }, () => toast.success(`${name} is now ${next}`))}
          />
        </Td>
        <Td className="text-text-2">{person.lastSeenAt ? <RelativeTime at={person.lastSeenAt} /> : "Never"}</Td>
        <Td className="w-0">
          <Menu
            trigger={<IconButton label={`Commands for ${name}`} icon={<Ellipsis aria-hidden size={16} />} size="sm" />}
          >
            <MenuItem icon={<KeyRound aria-hidden size={14} />} onSelect={() => setAsking("password")}>
              Set a new password
            </MenuItem>
            {disabled ? (
              <MenuItem
                icon={<UserCheck aria-hidden size={14} />}
                onSelect={() => enable.start({ id }, () => toast.success(`${name} may sign in again`))}
              >
                Enable
              </MenuItem>
            ) : (
              <MenuItem icon={<UserX aria-hidden size={14} />} danger onSelect={() => setAsking("disable")}>
                Disable
              </MenuItem>
            )}
          </Menu>
        </Td>
      </tr>
      {failure && (
        <tr>
          <Td colSpan={5}>
            <FailureMessage failure={failure} />
          </Td>
        </tr>
      )}
      {asking === "password" && (
        <NewPasswordDialog person={person} newPassword={actions.newPassword} onClose={() => setAsking(null)} />
      )}
      {asking === "disable" && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setAsking(null)}
          title={`Disable ${name}?`}
          description="Their sessions end now and they cannot sign in. The account stays, so that the history keeps its names."
          confirmLabel="Disable account"
          danger
          busy={disable.busy}
          failure={disable.failure}
          onConfirm={() =>
            disable.start({ id }, () => {
              toast.success(`${name} can no longer sign in`);
              setAsking(null);
            })
          }
        />
      )}
    </>
  );
}
