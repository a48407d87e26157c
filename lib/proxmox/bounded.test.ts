import { expect, test } from "vitest";
import { mapBounded } from "./bounded";

test("keeps the order and never has more under way than allowed", async () => {
  let now = 0;
  let most = 0;
  const results = await mapBounded(
    Array.from({ length: 50 }, (_, index) => index),
    async (index) => {
      now += 1;
      most = Math.max(most, now);
      for (let turn = 0; turn <= (index * 7) % 5; turn += 1) await Promise.resolve();
      now -= 1;
      return index * 2;
    },
    8,
  );
  expect(results).toEqual(Array.from({ length: 50 }, (_, index) => index * 2));
  expect(most).toBe(8);
});

test("an empty list asks nothing", async () => {
  expect(await mapBounded([], () => Promise.reject(new Error("asked")))).toEqual([]);
});
