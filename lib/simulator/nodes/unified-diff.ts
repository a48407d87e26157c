const contextLines = 3;
/** Beyond this many differing lines the search stops and the rest is shown as replaced. */
const searchLimit = 2000;

/** `diff -b`: runs of white space count as one, white space at the end as none. */
function key(line: string): string {
  return line.replace(/\s+/g, " ").replace(/ $/, "");
}

interface Marks {
  readonly removed: boolean[];
  readonly added: boolean[];
}

/** The furthest reach on diagonal `k`, kept for -d..d in an array of 2d + 1. */
function reach(v: Int32Array, d: number, k: number): number {
  return v[k + d] ?? 0;
}

function goesDown(v: Int32Array, d: number, k: number): boolean {
  return k === -d || (k !== d && reach(v, d, k - 1) < reach(v, d, k + 1));
}

/** Walks diagonal `k` of step `d` as far as lines are equal; returns the position in `a`. */
function follow(a: readonly string[], b: readonly string[], v: Int32Array, d: number, k: number): number {
  let x = 0;
  if (d > 0) x = goesDown(v, d, k) ? reach(v, d, k + 1) : reach(v, d, k - 1) + 1;
  while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
  return x;
}

/** Myers' greedy search: what every step reached, until both ends are; nothing when that takes too many steps. */
function search(a: readonly string[], b: readonly string[]): readonly Int32Array[] | undefined {
  const trace: Int32Array[] = [];
  let v = new Int32Array(3);
  for (let d = 0; d <= Math.min(a.length + b.length, searchLimit); d += 1) {
    // The array of step d covers the diagonals -d-1..d+1, so that its neighbours can be read.
    trace.push(v);
    const next = new Int32Array(2 * d + 5);
    for (let k = -d; k <= d; k += 2) {
      const x = follow(a, b, v, d, k);
      next[k + d + 1] = x;
      if (x >= a.length && x - k >= b.length) return trace;
    }
    v = next;
  }
  return undefined;
}

/** Fills in which lines are removed and added within the given windows. */
function mark(
  a: readonly string[],
  b: readonly string[],
  from: number,
  aEnd: number,
  bEnd: number,
  marks: Marks,
): void {
  const before = a.slice(from, aEnd);
  const after = b.slice(from, bEnd);
  const trace = before.length === 0 || after.length === 0 ? undefined : search(before, after);
  if (trace === undefined) {
    marks.removed.fill(true, from, aEnd);
    marks.added.fill(true, from, bEnd);
  } else backtrack(trace, before.length, after.length, from, marks);
}

function backtrack(trace: readonly Int32Array[], n: number, m: number, from: number, marks: Marks): void {
  let x = n;
  let y = m;
  for (let d = trace.length - 1; d > 0; d -= 1) {
    const v = trace[d] ?? new Int32Array();
    const k = x - y;
    const down = goesDown(v, d, k);
    const beforeX = reach(v, d, down ? k + 1 : k - 1);
    const beforeY = beforeX - (down ? k + 1 : k - 1);
    if (down) marks.added[from + beforeY] = true;
    else marks.removed[from + beforeX] = true;
    x = beforeX;
    y = beforeY;
  }
}

/** Moves each run of changed lines as far down as equal lines allow, as the usual tool does. */
function slideDown(lines: readonly string[], changed: boolean[]): void {
  for (let start = 0; start < lines.length; start += 1) {
    if (changed[start] !== true) continue;
    let first = start;
    let end = first;
    while (changed[end] === true) end += 1;
    while (end < lines.length && lines[first] === lines[end]) {
      changed[first] = false;
      changed[end] = true;
      first += 1;
      while (changed[end] === true) end += 1;
    }
    start = end;
  }
}

interface Step {
  readonly sign: " " | "-" | "+";
  readonly text: string;
}

function steps(a: readonly string[], b: readonly string[]): readonly Step[] {
  const aKeys = a.map(key);
  const bKeys = b.map(key);
  let from = 0;
  while (from < a.length && from < b.length && aKeys[from] === bKeys[from]) from += 1;
  let aEnd = a.length;
  let bEnd = b.length;
  while (aEnd > from && bEnd > from && aKeys[aEnd - 1] === bKeys[bEnd - 1]) {
    aEnd -= 1;
    bEnd -= 1;
  }
  const marks: Marks = { removed: a.map(() => false), added: b.map(() => false) };
  mark(aKeys, bKeys, from, aEnd, bEnd, marks);
  slideDown(aKeys, marks.removed);
  slideDown(bKeys, marks.added);
  const list: Step[] = [];
  let x = 0;
  let y = 0;
  while (x < a.length || y < b.length) {
    if (marks.removed[x] === true) list.push({ sign: "-", text: a[x++] ?? "" });
    else if (marks.added[y] === true) list.push({ sign: "+", text: b[y++] ?? "" });
    else {
      list.push({ sign: " ", text: a[x] ?? "" });
      x += 1;
      y += 1;
    }
  }
  return list;
}

function range(start: number, count: number): string {
  if (count === 1) return String(start);
  return `${count === 0 ? start - 1 : start},${count}`;
}

function lines(text: string): readonly string[] {
  const all = text.split("\n");
  if (all.at(-1) === "") all.pop();
  return all;
}

/** The body of a unified diff with three lines of context; nothing when only white space differs. */
export function unifiedDiff(before: string, after: string): string | undefined {
  const all = steps(lines(before), lines(after));
  const changed = all.flatMap((step, index) => (step.sign === " " ? [] : [index]));
  if (changed.length === 0) return undefined;
  const out: string[] = [];
  let next = 0;
  let a = 1;
  let b = 1;
  for (let at = 0; at < changed.length; ) {
    const first = Math.max(next, (changed[at] ?? 0) - contextLines);
    let last = changed[at] ?? 0;
    while (at < changed.length && (changed[at] ?? 0) <= last + 2 * contextLines + 1) last = changed[at++] ?? last;
    const end = Math.min(all.length, last + contextLines + 1);
    a += first - next;
    b += first - next;
    const part = all.slice(first, end);
    const removed = part.filter((step) => step.sign !== "+").length;
    const added = part.filter((step) => step.sign !== "-").length;
    out.push(`@@ -${range(a, removed)} +${range(b, added)} @@`, ...part.map((step) => step.sign + step.text));
    a += removed;
    b += added;
    next = end;
  }
  return `${out.join("\n")}\n`;
}
