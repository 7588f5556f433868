import { describe, expect, it } from "vitest";

import { freshId, inserted, moved, neighbour, removed, same } from "./entries";
import { begin, canRedo, canUndo, edit, redo, undo } from "./history";

describe("history", () => {
  it("goes back and forth, and forgets what was undone when something new is done", () => {
    let history = edit(edit(begin("a"), "b"), "c");
    history = undo(history);
    expect(history.present).toBe("b");
    history = redo(history);
    expect(history.present).toBe("c");
    history = edit(undo(undo(history)), "d");
    expect(canRedo(history)).toBe(false);
    expect(undo(history).present).toBe("a");
  });

  it("takes typing in one field as one step", () => {
    let history = begin("");
    for (const text of ["A", "AB", "ABC"]) history = edit(history, text, "s1:text");
    history = edit(history, "ABC!", "s2:text");
    expect(undo(history).present).toBe("ABC");
    expect(undo(undo(history)).present).toBe("");
    expect(canUndo(undo(undo(history)))).toBe(false);
  });

  it("begins a new step after undo, even in the same field", () => {
    const history = edit(undo(edit(edit(begin("a"), "b", "x"), "c", "y")), "d", "x");
    expect(undo(history).present).toBe("b");
  });
});

describe("entries", () => {
  const row = [{ id: "s1" }, { id: "s2" }, { id: "s3" }];

  it("move, are put in and taken out", () => {
    expect(moved(row, "s3", 0).map(({ id }) => id)).toEqual(["s3", "s1", "s2"]);
    expect(moved(row, "s1", 2).map(({ id }) => id)).toEqual(["s2", "s3", "s1"]);
    expect(moved(row, "s1", 9)).toEqual(row);
    expect(inserted(row, { id: "n" }, 1).map(({ id }) => id)).toEqual(["s1", "n", "s2", "s3"]);
    expect(removed(row, "s2").map(({ id }) => id)).toEqual(["s1", "s3"]);
    expect([neighbour(row, "s2"), neighbour(row, "s3"), neighbour([], "s3")]).toEqual(["s3", "s2", null]);
  });

  it("get an id that nobody has", () => {
    expect(freshId([])).toBe("s1");
    expect(freshId([{ id: "s2" }])).toBe("s3");
  });

  it("are the same in whatever order their members stand", () => {
    expect(same({ a: 1, b: [{ c: 2, d: 3 }] }, { b: [{ d: 3, c: 2 }], a: 1 })).toBe(true);
    expect(same({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
  });
});
