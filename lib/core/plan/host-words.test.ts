import { expect, it } from "vitest";
import { hostWords } from "./host-words";

it.each([
  [{ changes: 1, nodes: ["pve1"], records: true }, "Host services: 1 change on pve1"],
  [{ changes: 3, nodes: ["pve1", "pve2"], records: true }, "Host services: 3 changes on pve1, pve2"],
  [{ changes: 0, nodes: ["pve1"], records: false }, "Host services: sent again to pve1"],
  [{ changes: 0, nodes: [], records: true }, "Host services: declared only"],
  [{ changes: 0, nodes: [], records: false }, null],
])("%o", (counts, words) => expect(hostWords(counts)).toBe(words));
