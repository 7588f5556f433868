import { beforeEach, describe, expect, it } from "vitest";

import { jobIn } from "../../api/capture";
import { addToQueue, clearQueue, outcomeOf, retryEntry, useQueue } from "./queue";

const states = () => useQueue.getState().entries.map(({ name, state }) => `${name} ${state}`);
const file = (name: string) => ({ name, body: new Blob(["{}"]) });

describe("the capture queue", () => {
  beforeEach(() => useQueue.setState({ entries: [], lastKey: 0 }));

  it("keeps the order of files and gives each a key of its own", () => {
    addToQueue([file("a"), file("b")], "rollback");
    addToQueue([file("c")], "proceed");
    expect(states()).toEqual(["a waiting", "b waiting", "c waiting"]);
    expect(new Set(useQueue.getState().entries.map(({ key }) => key)).size).toBe(3);
  });

  it("forgets what is finished and keeps what is not", () => {
    addToQueue([file("a"), file("b")], "rollback");
    useQueue.setState(({ entries }) => ({ entries: entries.map((entry) => (entry.name === "a" ? { ...entry, state: "done" } : entry)) }));
    clearQueue();
    expect(states()).toEqual(["b waiting"]);
  });

  it("sends a refused one again", () => {
    addToQueue([file("a")], "rollback");
    const [entry] = useQueue.getState().entries;
    useQueue.setState({ entries: entry ? [{ ...entry, state: "refused", progress: 1 }] : [] });
    retryEntry(entry?.key ?? 0);
    expect(states()).toEqual(["a waiting"]);
    expect(useQueue.getState().entries[0]?.progress).toBe(0);
  });
});

describe("a finished job", () => {
  it("is done, partly accepted or refused", () => {
    expect(outcomeOf({ accepted: 3, refused: 0, success: true })).toBe("done");
    expect(outcomeOf({ accepted: 2, refused: 1, success: false })).toBe("partly");
    expect(outcomeOf({ accepted: 0, refused: 1, success: false })).toBe("refused");
    expect(outcomeOf({ accepted: 0, refused: 0, success: false })).toBe("refused");
  });
  it("is named by the last step of its address", () => {
    expect(jobIn("/epcis/v2/capture/42")).toBe("42");
    expect(jobIn("http://host/epcis/v2/capture/abc/")).toBe("abc");
    expect(jobIn(null)).toBeNull();
  });
});
