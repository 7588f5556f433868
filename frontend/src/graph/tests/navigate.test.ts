import { describe, expect, it } from "vitest";

import { between, fitBox, toWorld, viewBox, zoomAt } from "../camera";
import { layeredLayout } from "../layout/layered";
import { NODE_HEIGHT, NODE_WIDTH } from "../layout/types";
import { commandOf, firstNode, neighbour } from "../navigate";
import { wholeScene } from "../scene";
import { SpatialIndex } from "../spatial";
import { sampleGenealogy } from "../bench/sample";
import { genealogy, node } from "./build";

describe("keyboard", () => {
  const graph = genealogy(["a>b", "a>c", "b>d", "c>d"], [node("x"), node("a", { role: "start" })]);
  const scene = wholeScene(graph);
  const layout = layeredLayout({ count: scene.nodes.length, from: scene.from, to: scene.to });
  const at = (id: string): number => graph.find(id);

  it("moves along edges and within a column", () => {
    expect(firstNode(scene)).toBe(at("a"));
    expect([at("b"), at("c")]).toContain(neighbour(scene, layout, at("a"), "right"));
    expect(neighbour(scene, layout, at("d"), "right")).toBe(at("d"));
    expect(neighbour(scene, layout, at("b"), "left")).toBe(at("a"));
    const [upper, lower] = (layout.y[at("b")] ?? 0) < (layout.y[at("c")] ?? 0) ? ["b", "c"] : ["c", "b"];
    expect(neighbour(scene, layout, at(upper), "down")).toBe(at(lower));
    expect(neighbour(scene, layout, at(upper), "up")).toBe(at(upper));
  });

  it("knows its keys and leaves the browser its own", () => {
    const press = (key: string, part = {}) => commandOf({ key, ctrlKey: false, metaKey: false, altKey: false, ...part });
    expect(press("ArrowLeft")).toEqual({ do: "move", arrow: "left" });
    expect(press("+")).toEqual({ do: "zoom", factor: 1.25 });
    expect(press("/")).toEqual({ do: "search" });
    expect(press("0")).toEqual({ do: "fit" });
    expect(press("f", { ctrlKey: true })).toBeNull();
    expect(press("+", { ctrlKey: true })).toBeNull();
    expect(press("Tab")).toBeNull();
  });
});

describe("camera", () => {
  it("zooms about a point and fits a box", () => {
    const zoomed = zoomAt({ k: 1, tx: 0, ty: 0 }, 2, 100, 50);
    expect(toWorld(zoomed, 100, 50)).toEqual([100, 50]);
    const size = { width: 800, height: 600 };
    const fitted = fitBox({ x0: 0, y0: 0, x1: 4000, y1: 100 }, size);
    const seen = viewBox(fitted, size);
    expect(seen.x0).toBeLessThanOrEqual(0);
    expect(seen.x1).toBeGreaterThanOrEqual(4000);
    expect(between({ k: 1, tx: 0, ty: 0 }, fitted, 1, size).k).toBeCloseTo(fitted.k);
  });
});

describe("spatial index", () => {
  it("finds each node at its own place and exactly those in a box", () => {
    const graph = sampleGenealogy(2000);
    const layout = layeredLayout({ count: graph.nodes.length, from: graph.from, to: graph.to });
    const index = new SpatialIndex(layout);
    for (let i = 0; i < graph.nodes.length; i += 37) {
      expect(index.at((layout.x[i] ?? 0) + NODE_WIDTH / 2, (layout.y[i] ?? 0) + NODE_HEIGHT / 2)).toBe(i);
    }
    const box = { x0: 900, y0: 300, x1: 1900, y1: 1200 };
    const seen = new Set<number>();
    index.visit(box, (i) => seen.add(i));
    const wanted = [...layout.x.keys()].filter((i) => {
      const [x, y] = [layout.x[i] ?? 0, layout.y[i] ?? 0];
      return x <= box.x1 && x + NODE_WIDTH >= box.x0 && y <= box.y1 && y + NODE_HEIGHT >= box.y0;
    });
    expect(wanted.every((i) => seen.has(i))).toBe(true);
    expect(index.count(box)).toBe(seen.size);
    expect(index.at(-500, -500, 4)).toBe(-1);
  });
});
