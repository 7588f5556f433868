import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { followLive, type LiveState, waitBefore } from "./live";

class FakeSource extends EventTarget {
  static opened: FakeSource[] = [];
  closed = false;
  constructor(readonly url: string) {
    super();
    FakeSource.opened.push(this);
  }
  close() {
    this.closed = true;
  }
  say(type: string, data?: string) {
    this.dispatchEvent(data === undefined ? new Event(type) : new MessageEvent(type, { data }));
  }
}

function hide(hidden: boolean) {
  vi.spyOn(document, "hidden", "get").mockReturnValue(hidden);
  document.dispatchEvent(new Event("visibilitychange"));
}

describe("the live stream", () => {
  const states: LiveState[] = [];
  const counts: number[] = [];
  let end: () => void = () => undefined;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("EventSource", FakeSource);
    FakeSource.opened = [];
    states.length = 0;
    counts.length = 0;
    end = followLive({ onState: (state) => states.push(state), onRecorded: ({ count }) => counts.push(count) });
  });
  afterEach(() => {
    end();
    vi.restoreAllMocks();
  });
  const last = () => FakeSource.opened.at(-1);

  it("tells what was recorded", () => {
    last()?.say("open");
    last()?.say("recorded", JSON.stringify({ count: 3, latest: [] }));
    expect(counts).toEqual([3]);
    expect(states).toEqual(["connecting", "on"]);
  });

  it("passes over what it cannot read", () => {
    last()?.say("recorded", "{");
    last()?.say("recorded", JSON.stringify({ count: 1 }));
    last()?.say("recorded", JSON.stringify({ count: 2, latest: [] }));
    expect(counts).toEqual([2]);
  });

  it("tells all who listen over one connection, until the last one ends", () => {
    const changed: string[] = [];
    const other = followLive({ onChanged: ({ kind, key }) => changed.push(`${kind}/${key}`) });
    expect(FakeSource.opened).toHaveLength(1);
    last()?.say("changed", JSON.stringify({ kind: "label", key: "box" }));
    last()?.say("changed", "{}");
    end();
    expect(last()?.closed).toBe(false);
    other();
    expect(last()?.closed).toBe(true);
    expect(changed).toEqual(["label/box"]);
  });

  it("comes back after a break, later each time", () => {
    vi.spyOn(Math, "random").mockReturnValue(1);
    last()?.say("error");
    expect(FakeSource.opened).toHaveLength(1);
    expect(last()?.closed).toBe(true);
    vi.advanceTimersByTime(1_000);
    expect(FakeSource.opened).toHaveLength(2);
    last()?.say("error");
    vi.advanceTimersByTime(1_500);
    expect(FakeSource.opened).toHaveLength(2);
    vi.advanceTimersByTime(500);
    expect(FakeSource.opened).toHaveLength(3);
  });

  it("rests while the page is hidden", () => {
    last()?.say("open");
    hide(true);
    expect(last()?.closed).toBe(true);
    expect(states.at(-1)).toBe("paused");
    vi.advanceTimersByTime(120_000);
    expect(FakeSource.opened).toHaveLength(1);
    hide(false);
    expect(FakeSource.opened).toHaveLength(2);
  });

  it("ends for good", () => {
    end();
    expect(last()?.closed).toBe(true);
    hide(false);
    vi.advanceTimersByTime(120_000);
    expect(FakeSource.opened).toHaveLength(1);
  });
});

describe("the wait before another attempt", () => {
  it("doubles, within bounds", () => {
    expect([0, 1, 2, 3].map((attempt) => waitBefore(attempt, 1))).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(waitBefore(40, 1)).toBe(30_000);
  });
  it("is spread over its second half", () => {
    expect(waitBefore(3, 0)).toBe(4_000);
  });
});
