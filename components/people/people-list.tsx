"use client";

import { UserPlus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { Table, Th } from "@/components/ui/table";
import type { PersonView } from "@/lib/server/views";
import { CreatePersonDialog } from "./create-person-dialog";
import type { PeopleActions } from "./people-actions";
import { PersonRow } from "./person-row";

interface PeopleListProps {
  readonly people: readonly PersonView[];
  /** Id of who is looking. */
  readonly self: string;
  readonly actions: PeopleActions;
}

export function PeopleList({ people, self, actions }: PeopleListProps) {
  const [creating, setCreating] = useState(false);
  return (
    <>
      <PageHeader
        title="People"
        description="Accounts of this server. No mail is sent: you choose a first password and hand it over."
        actions={
          <Button variant="primary" icon={<UserPlus aria-hidden size={16} />} onClick={() => setCreating(true)}>
            Add person
          </Button>
        }
      />
      <Table caption="People">
        <thead>
          <tr>
            <Th>Name</Th>
            <Th>E-mail</Th>
            <Th className="w-44">Role</Th>
            <Th>Last seen</Th>
            <Th>
              <span className="sr-only">Commands</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <PersonRow key={person.id} person={person} self={person.id === self} actions={actions} />
          ))}
        </tbody>
      </Table>
      {creating && <CreatePersonDialog create={actions.create} onClose={() => setCreating(false)} />}
    </>
  );
}
