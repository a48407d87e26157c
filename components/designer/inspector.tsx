"use client";

import dynamic from "next/dynamic";
import { useEffect } from "react";
import { Kbd } from "@/components/ui/kbd";
import { patiently } from "@/components/ui/patiently";
import type { HostService } from "@/lib/core/layout/model";
import { type EntityKey, hostServiceKey } from "@/lib/core/plan/entity";
import type { Problem } from "@/lib/core/problem";
import { ACCEPTABLE } from "@/lib/core/validate/acceptable";
import { useBoard, useDesigner } from "./designer-context";
import { shownFields } from "./host-service/shown-fields";
import { InspectorHeading } from "./inspector-heading";
import { isAbout, problemAt } from "./judge";
import { findKey } from "./keys";
import { PeopleAt } from "./people-at";
import { ProblemLine } from "./problem-line";

const forms = {
  gone: () => import("./gone"),
  many: () => import("./many-form"),
  subnet: () => import("./subnet-form"),
  vnet: () => import("./vnet-form"),
  zone: () => import("./zone-form"),
};

// A form is fetched with the first selection of its kind; `loading` keeps the rest of the page in place meanwhile.
const Gone = dynamic(
  patiently(() => forms.gone().then((module) => module.Gone)),
  { loading: () => null },
);
const ManyForm = dynamic(
  patiently(() => forms.many().then((module) => module.ManyForm)),
  { loading: () => null },
);
const SubnetForm = dynamic(
  patiently(() => forms.subnet().then((module) => module.SubnetForm)),
  { loading: () => null },
);
const VnetForm = dynamic(
  patiently(() => forms.vnet().then((module) => module.VnetForm)),
  { loading: () => null },
);
const ZoneForm = dynamic(
  patiently(() => forms.zone().then((module) => module.ZoneForm)),
  { loading: () => null },
);

/** After that long the first picture is done, and the forms are fetched for when the network is gone. */
const IDLE_MS = 2500;

/** What is selected, with everything that can be said about it. */
export function Inspector() {
  const selected = useDesigner((state) => state.selected);
  const cursor = useDesigner((state) => state.cursor);
  useEffect(() => {
    const idle = setTimeout(() => {
      for (const load of Object.values(forms)) load().catch(() => undefined);
    }, IDLE_MS);
    return () => clearTimeout(idle);
  }, []);
  return selected.size > 1 ? (
    <ManyForm keys={[...selected]} />
  ) : cursor === null ? (
    <NothingSelected />
  ) : (
    <One of={cursor} />
  );
}

function One({ of: key }: { readonly of: EntityKey }) {
  const layout = useDesigner((state) => state.layout);
  const problems = useDesigner((state) => state.problems);
  const gone = useBoard((state) => state.changes.get(key) === "gone");
  const found = findKey(layout, key);
  if (!found) return gone ? <Gone of={key} /> : <NothingSelected />;
  const own = problems.filter((problem) => isAbout(problem, key));
  const service = found.kind === "subnet" ? found.service : null;
  const atFields = service ? shownAtFields(problems, service) : new Set();
  const atNetwork = found.kind === "subnet" ? problemAt(problems, key, "cidr") : undefined;
  // A problem with a field stands under that field; the others, and those that can be mended or accepted here, stand below.
  const shown = own.filter(
    (problem) =>
      !atFields.has(problem) &&
      (problem.field === undefined ||
        problem.fix ||
        (problem.at[0] !== key && problem !== atNetwork) ||
        ACCEPTABLE.has(problem.code)),
  );
  return (
    // A new object is a new form: nothing typed for the one may end up in the other.
    <div key={key}>
      <div className="px-4">
        <PeopleAt of={key} />
      </div>
      {found.kind === "zone" && <ZoneForm zone={found.zone} />}
      {found.kind === "vnet" && <VnetForm vnet={found.vnet} zone={found.zone} />}
      {found.kind === "subnet" && <SubnetForm {...found} />}
      {shown.length > 0 && (
        <section aria-label="Problems" className="flex flex-col gap-3 border-hairline border-t px-4 py-4">
          {shown.map((problem) => (
            <ProblemLine key={`${problem.code} ${problem.at.join(" ")} ${problem.field}`} problem={problem} />
          ))}
        </section>
      )}
    </div>
  );
}

/** Problems that the form of a host service tells at its fields, with the button that mends them. */
function shownAtFields(problems: readonly Problem[], service: HostService): ReadonlySet<Problem> {
  const key = hostServiceKey(service.vnet, service.cidr);
  return new Set(shownFields(service).flatMap((field) => problemAt(problems, key, field) ?? []));
}

function NothingSelected() {
  return (
    <div className="flex flex-col gap-4 px-4 pt-4 text-sm text-text-2">
      <InspectorHeading title="Nothing selected" note="Select a zone, a VNet or a subnet to see and change it here." />
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-3 gap-y-2 text-xs">
        <dt>
          <Kbd>N</Kbd>
        </dt>
        <dd>Add a VNet to the current zone</dd>
        <dt className="flex gap-1">
          <Kbd>Shift</Kbd>
          <Kbd>N</Kbd>
        </dt>
        <dd>Add a zone</dd>
        <dt>
          <Kbd>?</Kbd>
        </dt>
        <dd>All keys</dd>
      </dl>
    </div>
  );
}
