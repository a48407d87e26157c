import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { patiently } from "./patiently";

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("window", new EventTarget());
  vi.stubGlobal("navigator", { onLine: true });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Fails as often as it is told to, then gives "part". */
function failing(times: number) {
  let left = times;
  return vi.fn(async () => {
    if (left-- > 0) throw new Error("no network");
    return "part";
  });
}

it("waits for the network and fetches the part then", async () => {
  vi.stubGlobal("navigator", { onLine: false });
  const load = failing(1);
  const part = patiently(load)();
  await vi.advanceTimersByTimeAsync(0);
  expect(load).toHaveBeenCalledTimes(1);
  window.dispatchEvent(new Event("online"));
  await expect(part).resolves.toBe("part");
});

it("tries again by itself where the browser says nothing", async () => {
  const part = patiently(failing(3))();
  await vi.advanceTimersByTimeAsync(10_000);
  await expect(part).resolves.toBe("part");
});

it("does not give up while the network is gone, and does for what is gone for good", async () => {
  vi.stubGlobal("navigator", { onLine: false });
  const offline = failing(50);
  const part = patiently(offline)();
  await vi.advanceTimersByTimeAsync(200_000);
  await expect(part).resolves.toBe("part");

  vi.stubGlobal("navigator", { onLine: true });
  const gone = patiently(failing(1000))();
  const refused = expect(gone).rejects.toThrow("no network");
  await vi.advanceTimersByTimeAsync(100_000);
  await refused;
});
