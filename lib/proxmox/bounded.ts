/** How many questions a cluster is asked at the same time; pveproxy has three workers by default. */
const CONCURRENCY = 8;

/** Maps a list with at most `limit` calls under way at once. The results keep the list's order. */
export async function mapBounded<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  limit: number = CONCURRENCY,
): Promise<R[]> {
  const results: R[] = new Array(items.length);
  const queue = items.entries();
  // One iterator for all workers: each takes the next item as soon as it is free.
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  return results;
}
