import { describe, expect, it } from "vitest";

import { FIRST_TREE, moveInTree, toggled, TREE_PAGE, type TreeRow, treeRows, type TreeState } from "../tree";
import { genealogy, node } from "./build";

const start = node("s", { role: "start" });
const labels = (rows: readonly TreeRow[]): string[] => rows.map((row) => (row.is === "item" ? `${row.level}:${row.node}` : row.is === "section" ? row.way : `+${row.hidden}`));
const row = (rows: readonly TreeRow[], at: number): TreeRow => {
  const found = rows[at];
  if (!found) throw new Error(`no row ${at}`);
  return found;
};

describe("tree twin", () => {
  const graph = genealogy(["s>a", "s>b", "a>c", "b>c", "c>d", "z>s"], [start]);

  it("has a section for each way that leads anywhere, the start open, the rest closed", () => {
    expect(labels(treeRows(graph, FIRST_TREE))).toEqual(["up", "2:0", "3:5", "down", "2:0", "3:1", "3:2"]);
    expect(labels(treeRows(genealogy(["s>a"], [start]), FIRST_TREE))).toEqual(["down", "2:0", "3:1"]);
    expect(labels(treeRows(genealogy([], [start]), FIRST_TREE))).toEqual(["down", "2:0"]);
  });

  it("opens lazily and shows a shared item whole only once", () => {
    let state: TreeState = FIRST_TREE;
    const open = (at: number): void => {
      state = toggled(state, row(treeRows(graph, state), at));
    };
    open(5);
    expect(labels(treeRows(graph, state))).toEqual(["up", "2:0", "3:5", "down", "2:0", "3:1", "4:3", "3:2"]);
    open(7);
    const rows = treeRows(graph, state);
    expect(labels(rows)).toEqual(["up", "2:0", "3:5", "down", "2:0", "3:1", "4:3", "3:2", "4:3"]);
    expect(rows[8]).toMatchObject({ is: "item", repeated: true, expandable: false });
    expect(rows[6]).toMatchObject({ is: "item", repeated: false, expandable: true, position: 1, siblings: 1 });
  });

  it("ends at a cycle", () => {
    const ring = genealogy(["s>a", "a>s"], [start]);
    let state = FIRST_TREE;
    state = toggled(state, row(treeRows(ring, state), 5));
    const rows = treeRows(ring, state);
    expect(rows.length).toBeLessThan(12);
    expect(rows.some((each) => each.is === "item" && each.repeated)).toBe(true);
  });

  it("closes and opens the start and a section", () => {
    const closed = toggled(FIRST_TREE, row(treeRows(graph, FIRST_TREE), 4));
    expect(labels(treeRows(graph, closed))).toEqual(["up", "2:0", "3:5", "down", "2:0"]);
    const folded = toggled(closed, row(treeRows(graph, closed), 0));
    expect(labels(treeRows(graph, folded))).toEqual(["up", "down", "2:0"]);
  });

  it("pages long lists of children", () => {
    const wide = genealogy(Array.from({ length: 120 }, (_, i) => `s>u${i}`), [start]);
    const rows = treeRows(wide, FIRST_TREE);
    expect(rows).toHaveLength(2 + TREE_PAGE + 1);
    expect(rows.at(-1)).toMatchObject({ is: "more", hidden: TREE_PAGE, total: 120 });
    expect(treeRows(wide, toggled(FIRST_TREE, row(rows, rows.length - 1)))).toHaveLength(2 + TREE_PAGE * 2 + 1);
  });

  it("moves as the treegrid pattern asks", () => {
    const rows = treeRows(graph, FIRST_TREE);
    expect(moveInTree(rows, 0, "ArrowDown")).toBe(1);
    expect(moveInTree(rows, 0, "ArrowUp")).toBe(0);
    expect(moveInTree(rows, 1, "ArrowRight")).toBe(2);
    expect(moveInTree(rows, 2, "ArrowLeft")).toBe(1);
    expect(moveInTree(rows, 1, "ArrowLeft")).toBe(-1);
    expect(moveInTree(rows, 2, "End")).toBe(rows.length - 1);
    expect(moveInTree(rows, 2, "Home")).toBe(0);
    expect(moveInTree(rows, 2, "x")).toBe(-1);
  });
});
