import type { Layout } from "@/lib/core/layout/model";
import type { EntityKey } from "@/lib/core/plan/entity";
import type { Problem } from "@/lib/core/problem";
import type { Command } from "./history";
import { keyParts, presentKeys } from "./keys";

/** A field of the inspector: of which object, and as problems name it. */
export interface FieldPlace {
  readonly of: EntityKey;
  readonly field: string;
}

/** What somebody wrote there that cannot become a value. It waits beside the layout until it is mended or discarded. */
export interface KeptText {
  readonly label: string;
  readonly text: string;
  readonly reason: string;
}

export type KeptTexts = ReadonlyMap<string, FieldPlace & KeptText>;

/** Of the page alone: a document cannot have it. */
export const TEXT_NOT_TAKEN = "text-not-taken";

export const placeId = ({ of: key, field }: FieldPlace): string => `${key} ${field}`;

/** The texts with one more, or without it. */
export function withText(texts: KeptTexts, place: FieldPlace, kept: KeptText | null): KeptTexts {
  const id = placeId(place);
  if (!kept && !texts.has(id)) return texts;
  const next = new Map(texts);
  if (kept) next.set(id, { ...place, ...kept });
  else next.delete(id);
  return next;
}

/** The texts after objects were renamed: they stay with their objects. */
export function movedTexts(texts: KeptTexts, renames: Command["renames"]): KeptTexts {
  if (texts.size === 0 || renames.length === 0) return texts;
  const moved = [...texts.values()].map((kept) => ({ ...kept, of: renames.reduce(movedKey, kept.of) }));
  return new Map(moved.map((kept) => [placeId(kept), kept]));
}

/** A part goes with the whole: subnets with their VNet, host services with their subnet. */
function movedKey(key: EntityKey, [from, to]: Command["renames"][number]): EntityKey {
  if (key === from) return to;
  const parts = keyParts(key);
  const isPart = parts !== null && "cidr" in parts && !from.startsWith("zone/");
  if (!isPart || !`${nameIn(key)}/`.startsWith(`${nameIn(from)}/`)) return key;
  return `${parts.kind}/${nameIn(to)}${nameIn(key).slice(nameIn(from).length)}`;
}

const nameIn = (key: EntityKey): string => key.slice(key.indexOf("/") + 1);

/** What waits in the fields of objects that are there, as problems. */
export function textProblems(texts: KeptTexts, layout: Layout): Problem[] {
  const all = [...texts.values()];
  const present = presentKeys(
    layout,
    all.map(({ of: key }) => key),
  );
  return all
    .filter(({ of: key }) => present.has(key))
    .map(({ of: key, field, label, reason }) => ({
      code: TEXT_NOT_TAKEN,
      severity: "error",
      at: [key],
      field,
      message: `${label} still has a text that could not be taken. ${reason}`,
    }));
}
