/** One measured figure with the limit it is promised to keep, if any. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly limit?: number;
}

/** Prints the figures under a heading and makes the process end with 1 when one is over its limit. */
export function printFigures(heading: string, figures: readonly Figure[]): void {
  console.log(heading);
  for (const { name, value, unit, limit } of figures) {
    const over = limit !== undefined && value > limit;
    if (over) process.exitCode = 1;
    const promise = limit === undefined ? "" : `  limit ${limit} ${unit}${over ? "  OVER" : ""}`;
    console.log(`  ${name.padEnd(44)} ${value.toFixed(value < 1 ? 3 : 1).padStart(9)} ${unit}${promise}`);
  }
}

/** The value below which `share` (0 to 1) of the values lie. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
