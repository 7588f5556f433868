import { describe, expect, it } from "vitest";

import { alphabetName, ALPHABETS, fieldsOf, newSegment, restartChoices, ruleOf, SEGMENT_TYPES, segmentAt, type Segment } from "./segments";

describe("segments", () => {
  it("are made with values that fit, and ids of their own", () => {
    const made = SEGMENT_TYPES.reduce<Segment[]>((row, type) => [...row, newSegment(type, row)], []);
    expect(new Set(made.map(({ id }) => id)).size).toBe(SEGMENT_TYPES.length);
    const gtin = newSegment("field", [newSegment("ai", [])]);
    expect(gtin).toMatchObject({ name: "gtin", least: 14, most: 14 });
  });

  it("are found by the places that the server points at", () => {
    const rule = ruleOf({ segments: [newSegment("constant", []), { ...newSegment("date", []), id: "d9" }] });
    expect(segmentAt("/segments/1/pattern", rule.segments)?.id).toBe("d9");
    expect(segmentAt("/body/segments/@d9/pattern", rule.segments)?.id).toBe("d9");
    expect(segmentAt("/level", rule.segments)).toBeUndefined();
  });

  it("say which fields must be given, each once", () => {
    const field: Segment = { id: "a", type: "field", name: "line", charset: "digits", least: 1, most: 1, value: "1" };
    const date = { ...newSegment("date", []), field: "expiry" } as Segment;
    expect(fieldsOf([field, { ...field, id: "b" }, date])).toEqual([
      { name: "line", date: false, value: "1" },
      { name: "expiry", date: true, value: "" },
    ]);
    expect(restartChoices([field, date])).toEqual(["day", "month", "year", "line"]);
  });

  it("know the usual alphabets by name", () => {
    expect(alphabetName(ALPHABETS.clear)).toBe("clear");
    expect(alphabetName("01")).toBeNull();
  });
});
