"use client";

import type { EntityKey } from "@/lib/core/plan/entity";
import { useDesigner } from "./designer-context";

interface PeopleAtProps {
  readonly of: EntityKey;
  /** Only those who edit this field; without it everybody who has the object selected. */
  readonly field?: string;
}

/** Who else is at an object, or at one field of it, right now. */
export function PeopleAt({ of, field }: PeopleAtProps) {
  const names = useDesigner((state) =>
    state.others
      .filter((other) => other.cursor === of && (field === undefined || other.field === field))
      .map(({ name }) => name)
      .join(", "),
  );
  if (names === "") return null;
  return (
    <p className="flex items-center gap-1.5 pt-1 text-accent text-xs">
      <span aria-hidden className="size-1.5 shrink-0 rounded-full bg-accent" />
      {field === undefined ? `${names} also here` : `${names} edits this`}
    </p>
  );
}

interface PropertyProps {
  readonly of: EntityKey;
  readonly field: string;
  readonly children: React.ReactNode;
}

/** One property in the inspector, marked so that others are told when it is being edited. */
export function Property({ of, field, children }: PropertyProps) {
  return (
    <div data-field={field}>
      {children}
      <PeopleAt of={of} field={field} />
    </div>
  );
}
