import type { ProblemCode } from "./codes";

/** Problems that may be meant: the author accepts them in the layout, with the reason. */
export const ACCEPTABLE: ReadonlySet<string> = new Set<ProblemCode>(["subnet-overlap", "subnet-overlaps-node"]);
