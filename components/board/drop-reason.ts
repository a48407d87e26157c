import { keyName } from "@/components/designer/keys";
import type { Layout } from "@/lib/core/layout/model";
import type { Problem } from "@/lib/core/problem";

/** Why a VNet does not fit the zone it is held over, in the few words there is time for: "tag 10 is taken by voip". */
export function dropReason(layout: Layout, { code, at, message }: Problem): string {
  const [moved = "", other = ""] = at.map(keyName);
  const tag = layout.vnets.find(({ id }) => id === moved)?.tag;
  switch (code) {
    case "tag-missing":
      return `${moved} needs a tag there`;
    case "tag-not-allowed":
      return `no tags there, and ${moved} has ${tag}`;
    case "tag-out-of-range":
      return `tag ${tag} is too high there`;
    case "tag-duplicate":
    case "vlan-in-two-zones":
      return tag === undefined ? `${other} has no tag already` : `tag ${tag} is taken by ${other}`;
    default:
      return message;
  }
}
