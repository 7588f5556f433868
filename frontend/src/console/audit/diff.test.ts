import { describe, expect, it } from "vitest";

import { changesOf, valueText } from "./diff";

describe("what changed", () => {
  it("is each field that differs, by name", () => {
    const changes = changesOf({ before: { name: "A", active: true, same: [1] }, after: { name: "B", same: [1], active: false } });
    expect(changes).toEqual([
      { field: "active", before: true, after: false },
      { field: "name", before: "A", after: "B" },
    ]);
  });
  it("of a new row is all of it, of a deleted row too", () => {
    expect(changesOf({ before: null, after: { id: 1 } })).toEqual([{ field: "id", before: undefined, after: 1 }]);
    expect(changesOf({ before: { id: 1 }, after: null })).toEqual([{ field: "id", before: 1, after: undefined }]);
  });
  it("is written in one line", () => {
    expect(valueText("text")).toBe("text");
    expect(valueText({ a: null })).toBe('{"a":null}');
    expect(valueText(undefined)).toBe("");
  });
});
