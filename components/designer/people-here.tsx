"use client";

import { useDesigner, useDesignerActions, useDesignerParts } from "./designer-context";
import { jumpTo } from "./jump";
import { keyTitle } from "./keys";

/** Whoever else has this layout open, by their initials; a press goes to what they have selected. */
export function PeopleHere() {
  const designer = useDesignerParts();
  const others = useDesigner((state) => state.others);
  const { say } = useDesignerActions();
  return (
    <ul aria-label="Also here" className="flex -space-x-1.5">
      {others.slice(0, 5).map(({ tab, name, cursor }) => {
        const where = cursor === null ? "looking" : `at ${keyTitle(cursor)}`;
        return (
          <li key={tab}>
            <button
              type="button"
              title={`${name}, ${where}`}
              aria-label={`${name}, ${where}`}
              onClick={() => (cursor === null ? say(`${name} has nothing selected`) : jumpTo(designer, cursor))}
              className="flex size-7 items-center justify-center rounded-full border-2 border-surface bg-accent-soft font-semibold text-accent text-xs"
            >
              {initials(name)}
            </button>
          </li>
        );
      })}
      {others.length > 5 && (
        <li className="flex size-7 items-center justify-center rounded-full border-2 border-surface bg-sunken text-text-2 text-xs">
          +{others.length - 5}
        </li>
      )}
    </ul>
  );
}

/** "Ada Owner" → "AO" */
const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0]?.toUpperCase() ?? "")
    .join("");
