import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Problem } from "../../api/problem";
import { keepSending } from "./runner";
import type { Round, RoundEnd, Synchroniser } from "./sync";

const round = (end: RoundEnd, problem: Problem | null = null): Round => ({ end, recorded: 0, refused: [], warned: [], problem });

/** Whatever the rounds end as, one after another; the last stays. */
function sender(...ends: Round[]): { runs: () => number; synchroniser: Synchroniser } {
  let runs = 0;
  const run = () => Promise.resolve(ends[Math.min(runs++, ends.length - 1)]);
  return { runs: () => runs, synchroniser: { run } as unknown as Synchroniser };
}

describe("sending", () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it("waits as long as a busy server asks, and goes on by itself", async () => {
    const { runs, synchroniser } = sender(round("away", new Problem(429, { code: "chassis.calls_too_many", params: { retry_after: "12" } })), round("idle"));
    const seen: RoundEnd[] = [];
    const { stop } = keepSending(synchroniser, ({ end }) => seen.push(end));
    await vi.advanceTimersByTimeAsync(11_900);
    expect(runs()).toBe(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(seen).toEqual(["away", "idle"]);
    stop();
  });

  it("tries a dead network ever more patiently, and for good", async () => {
    const { runs, synchroniser } = sender(round("away", new Problem(0, {})));
    const { stop } = keepSending(synchroniser, () => undefined);
    await vi.advanceTimersByTimeAsync(2_100);
    expect(runs()).toBe(2);
    await vi.advanceTimersByTimeAsync(10 * 60_000);
    expect(runs()).toBeGreaterThan(20);
    stop();
    const before = runs();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(runs()).toBe(before);
  });
});
