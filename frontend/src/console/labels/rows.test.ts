import { describe, expect, it } from "vitest";

import { rowsFrom } from "./rows";

describe("what is to be printed", () => {
  it("is a row for each code, with the same further values", () => {
    expect(rowsFrom(" A \n\nB", { lot: "L1", empty: " " })).toEqual([{ lot: "L1", code: "A" }, { lot: "L1", code: "B" }]);
  });
  it("is one row of values where there is no code, and nothing where there is neither", () => {
    expect(rowsFrom("", { lot: "L1" })).toEqual([{ lot: "L1" }]);
    expect(rowsFrom(" \n", {})).toEqual([]);
  });
});
