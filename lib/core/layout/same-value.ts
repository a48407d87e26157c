/**
 * Deep equality of values from a layout; a key with the value undefined counts as absent. `lists: "sets"` compares lists
 * without regard to their order, as Proxmox takes them.
 */
export function sameValue(a: unknown, b: unknown, lists: "ordered" | "sets" = "ordered"): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    if (lists === "ordered") return a.every((item, index) => sameValue(item, b[index], lists));
    const [left, right] = [a.map(text).sort(), b.map(text).sort()];
    return left.every((item, index) => item === right[index]);
  }
  const [from, to] = [present(a), present(b)];
  return (
    from.size === to.size && [...from].every(([key, value]) => to.has(key) && sameValue(value, to.get(key), lists))
  );
}

const present = (value: object): Map<string, unknown> =>
  new Map(Object.entries(value).filter(([, each]) => each !== undefined));

const text = (value: unknown): string =>
  typeof value === "object" && value !== null
    ? JSON.stringify([...present(value)].sort(([a], [b]) => (a < b ? -1 : 1)))
    : JSON.stringify(value);
