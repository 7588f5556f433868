import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";

import "../../testing/texts";
import { TreeGrid } from "../../graph/TreeGrid";
import { genealogy, node } from "../../graph/tests/build";
import { TabBar } from "../TabBar";

afterEach(cleanup);

describe("tree table", () => {
  const graph = genealogy(["s>a", "a>b"], [node("s", { role: "start", label: "S-1" }), node("a", { label: "A-1", kind: "lot" }), node("b", { label: "B-1" })]);

  it("says level, place, state of every row and lets the keys open and walk it", () => {
    const open = vi.fn();
    render(<TreeGrid genealogy={graph} onOpen={open} />);
    const rows = () => screen.getAllByRole("row").slice(1);
    expect(screen.getByRole("treegrid")).toBeTruthy();
    expect(screen.getAllByRole("columnheader")).toHaveLength(6);
    expect(rows().map((row) => row.getAttribute("aria-level"))).toEqual(["1", "2", "3"]);
    expect(rows()[2]?.getAttribute("aria-expanded")).toBe("false");
    const grid = screen.getByRole("treegrid");
    for (const key of ["ArrowDown", "ArrowDown", "ArrowRight"]) fireEvent.keyDown(grid, { key });
    expect(rows()).toHaveLength(4);
    expect(rows()[2]?.getAttribute("aria-expanded")).toBe("true");
    fireEvent.keyDown(grid, { key: "ArrowRight" });
    expect(document.activeElement).toBe(rows()[3]);
    fireEvent.keyDown(grid, { key: "Enter" });
    expect(open).toHaveBeenCalledWith("b");
    fireEvent.keyDown(grid, { key: "ArrowLeft" });
    fireEvent.keyDown(grid, { key: "ArrowLeft" });
    expect(rows()).toHaveLength(3);
    expect(rows().filter((row) => row.tabIndex === 0)).toHaveLength(1);
  });
});

describe("tab bar", () => {
  it("moves with the arrow keys and ties tabs to the panel", () => {
    const chosen = vi.fn();
    render(<TabBar id="x" label="Views" active="b" onActive={chosen} tabs={[{ key: "a", label: "A" }, { key: "b", label: "B" }, { key: "c", label: "C" }]} />);
    const tab = screen.getByRole("tab", { name: "B" });
    expect(tab.getAttribute("aria-selected")).toBe("true");
    expect(tab.getAttribute("aria-controls")).toBe("x-panel");
    fireEvent.keyDown(tab, { key: "ArrowRight" });
    fireEvent.keyDown(tab, { key: "Home" });
    expect(chosen.mock.calls).toEqual([["c"], ["a"]]);
  });
});
