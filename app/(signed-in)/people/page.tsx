import type { Metadata } from "next";
import { PeopleList } from "@/components/people/people-list";
import { PageBody } from "@/components/shell/page-body";
import { Callout } from "@/components/ui/callout";
import { FailureMessage } from "@/components/ui/failure-message";
import { PageHeader } from "@/components/ui/page-header";
import { listPeople } from "@/lib/server/people";
import { requireActor } from "@/lib/server/session";
import { create, disable, enable, newPassword, setRole } from "./actions";

export const metadata: Metadata = { title: "People" };

export default async function PeoplePage() {
  const actor = await requireActor();
  if (actor.role !== "owner") {
    return (
      <PageBody>
        <PageHeader title="People" />
        <Callout kind="info" title="Only owners manage people">
          <p>Ask an owner when somebody needs an account, another role or a new password.</p>
        </Callout>
      </PageBody>
    );
  }
  const people = await listPeople(actor);
  return (
    <PageBody>
      {people.ok ? (
        <PeopleList people={people.value} self={actor.id} actions={{ create, setRole, disable, enable, newPassword }} />
      ) : (
        <FailureMessage failure={people.error} />
      )}
    </PageBody>
  );
}
