import { describe, expect, it } from "vitest";

import { backFrom, type Column, cursorOf, FIRST_PAGE, forwardTo, nextSort, PLAIN_VIEW, sortDirection, visibleColumns } from "./table";

interface Row {
  name: string;
}
const COLUMNS: Column<Row>[] = [
  { key: "name", title: "Name", fixed: true, render: ({ name }) => name },
  { key: "size", title: "Size", render: () => null },
  { key: "hash", title: "Hash", hidden: true, render: () => null },
];
const keys = (shown: Record<string, boolean>) => visibleColumns(COLUMNS, { ...PLAIN_VIEW, shown }).map(({ key }) => key);

describe("columns", () => {
  it("show by default unless hidden", () => {
    expect(keys({})).toEqual(["name", "size"]);
  });
  it("follow the reader's choice", () => {
    expect(keys({ size: false, hash: true })).toEqual(["name", "hash"]);
  });
  it("stay when fixed", () => {
    expect(keys({ name: false })).toContain("name");
  });
});

describe("sorting", () => {
  it("turns round and then returns to the default", () => {
    expect(nextSort("-time", "recorded", "-time")).toBe("-recorded");
    expect(nextSort("-recorded", "recorded", "-time")).toBe("recorded");
    expect(nextSort("recorded", "recorded", "-time")).toBe("-time");
  });
  it("of the default column only turns round", () => {
    expect(nextSort("-time", "time", "-time")).toBe("time");
    expect(nextSort("time", "time", "-time")).toBe("-time");
  });
  it("shows its direction", () => {
    expect(sortDirection("-time", "time")).toBe("descend");
    expect(sortDirection("time", "time")).toBe("ascend");
    expect(sortDirection("-time", "recorded")).toBeNull();
    expect(sortDirection(undefined, "time")).toBeNull();
  });
});

describe("pages", () => {
  it("go forward by cursor and back again", () => {
    const third = forwardTo(forwardTo(FIRST_PAGE, "b"), "c");
    expect(cursorOf(FIRST_PAGE)).toBeUndefined();
    expect(cursorOf(third)).toBe("c");
    expect(cursorOf(backFrom(third))).toBe("b");
    expect(cursorOf(backFrom(backFrom(third)))).toBeUndefined();
  });
});
