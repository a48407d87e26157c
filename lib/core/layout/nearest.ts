/**
 * The candidate closest to a mistyped word: at most two letters wrong, missing, added or swapped, and never more than a
 * third of the word. Null when nothing is close.
 */
export function nearest(word: string, candidates: readonly string[]): string | null {
  let best: { readonly text: string; readonly distance: number } | null = null;
  for (const text of candidates) {
    const distance = editDistance(word.toLowerCase(), text.toLowerCase());
    if (distance > 2 || distance * 3 > Math.max(word.length, text.length)) continue;
    if (best === null || distance < best.distance) best = { text, distance };
  }
  return best?.text ?? null;
}

/** Damerau-Levenshtein distance with adjacent swaps. */
function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const kept = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = isSwap(a, b, i, j) ? (before[j - 2] ?? 0) + 1 : kept;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, kept, swapped));
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? 0;
}

const isSwap = (a: string, b: string, i: number, j: number): boolean =>
  i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
