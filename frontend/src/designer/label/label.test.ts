import { describe, expect, it } from "vitest";

import { aligned, moved, resized, spread, turned } from "./geometry";
import { duplicated, ELEMENT_TYPES, type LabelDocument, newElement, reordered, without } from "./model";

const EMPTY: LabelDocument = { width: 60, height: 40, fields: [{ id: "lot", sample: "L1" }], elements: [] };
const box = (id: string, x: number, y: number, w = 10, h = 5): LabelDocument["elements"][number] => ({ type: "box", id, x, y, w, h });
const THREE: LabelDocument = { ...EMPTY, elements: [box("a", 2, 2), box("b", 20, 10), box("c", 41, 30)] };
const SNAP = { grid: 1, reach: 0.6 };
const at = (document: LabelDocument, id: string) => document.elements.find((element) => element.id === id);

describe("elements", () => {
  it("of every kind start wholly on the label", () => {
    for (const type of ELEMENT_TYPES) {
      const made = newElement(EMPTY, type, { x: 59, y: 39 });
      expect(made.x + made.w).toBeLessThanOrEqual(60);
      expect(made.y + made.h).toBeLessThanOrEqual(40);
    }
  });
  it("are copied beside themselves with names of their own", () => {
    const { document, ids } = duplicated(THREE, ["a", "b"]);
    expect(ids).toEqual(["box4", "box5"]);
    expect(at(document, "box4")).toMatchObject({ x: 4, y: 4 });
  });
  it("that are locked stay", () => {
    const locked = { ...THREE, elements: THREE.elements.map((element) => ({ ...element, locked: element.id === "a" })) };
    expect(without(locked, ["a", "b"]).elements.map(({ id }) => id)).toEqual(["a", "c"]);
    expect(at(moved(locked, ["a"], { x: 5, y: 5 }).document, "a")).toMatchObject({ x: 2, y: 2 });
  });
  it("change their order of drawing", () => {
    expect(reordered(THREE, "a", 1).elements.map(({ id }) => id)).toEqual(["b", "a", "c"]);
    expect(reordered(THREE, "a", -1)).toBe(THREE);
  });
});

describe("moving", () => {
  it("goes to the grid", () => {
    expect(at(moved(THREE, ["a"], { x: 4.4, y: 1.3 }, { grid: 1, reach: 0.1 }).document, "a")).toMatchObject({ x: 6, y: 3 });
  });
  it("sticks to the edges of others and tells the line", () => {
    const { document, guides } = moved(THREE, ["a"], { x: 17.7, y: 20 }, SNAP);
    expect(at(document, "a")?.x).toBe(20);
    expect(guides).toContainEqual({ axis: "x", at: 20 });
  });
  it("never leaves the label, and keeps several together", () => {
    const { document } = moved(THREE, ["a", "c"], { x: 100, y: -100 });
    expect(at(document, "c")?.x).toBe(50);
    expect(at(document, "a")).toMatchObject({ x: 11, y: 0 });
  });
});

describe("sizing and turning", () => {
  it("keeps the far edge and a least size", () => {
    const { document } = resized(THREE, "b", { x: 20, y: 10, w: 10, h: 5 }, "nw", { x: 50, y: -3 }, { grid: 0, reach: 0 });
    expect(at(document, "b")).toMatchObject({ x: 29, w: 1, y: 7, h: 8 });
  });
  it("turns about the middle", () => {
    expect(at(turned(THREE, ["b"]), "b")).toMatchObject({ rotate: 90, w: 5, h: 10, x: 22.5, y: 7.5 });
    const round = [1, 2, 3, 4].reduce((document) => turned(document, ["b"]), THREE);
    expect(at(round, "b")).toMatchObject({ rotate: 0, x: 20, y: 10 });
  });
});

describe("aligning", () => {
  it("is with each other, and of one with the label", () => {
    expect(aligned(THREE, ["a", "b"], "right").elements.map(({ x }) => x)).toEqual([20, 20, 41]);
    expect(at(aligned(THREE, ["a"], "center"), "a")?.x).toBe(25);
  });
  it("spreads with equal gaps", () => {
    expect(spread(THREE, ["a", "b", "c"], "x").elements.map(({ x }) => x)).toEqual([2, 21.5, 41]);
  });
});
