import { describe, expect, it } from "vitest";

import { f32, i32, u32, u8 } from "../access";
import { random, sampleGenealogy } from "../bench/sample";
import { layeredLayout } from "../layout/layered";
import { placeColumn } from "../layout/place";
import { type Layout, type LayoutInput, NODE_HEIGHT, NODE_WIDTH } from "../layout/types";

function inputOf(count: number, pairs: readonly (readonly [number, number])[]): LayoutInput {
  return { count, from: Uint32Array.from(pairs, ([a]) => a), to: Uint32Array.from(pairs, ([, b]) => b) };
}

/** Random pairs, cycles included. */
function randomInput(count: number, edges: number, seed: number): LayoutInput {
  const rnd = random(seed);
  const pairs: [number, number][] = [];
  for (let i = 0; i < edges; i++) {
    const a = Math.floor(rnd() * count);
    const b = Math.floor(rnd() * count);
    if (a !== b) pairs.push([a, b]);
  }
  return inputOf(count, pairs);
}

function overlaps(layout: Layout): number {
  const order = [...layout.x.keys()].sort((a, b) => f32(layout.y, a) - f32(layout.y, b));
  let found = 0;
  order.forEach((a, i) => {
    for (let j = i + 1; j < order.length; j++) {
      const b = order[j] ?? 0;
      if (f32(layout.y, b) - f32(layout.y, a) >= NODE_HEIGHT - 0.01) break;
      if (Math.abs(f32(layout.x, a) - f32(layout.x, b)) < NODE_WIDTH - 0.01) found++;
    }
  });
  return found;
}

/** Edges that do not lead from a lower rank to a higher one further right, though they close no cycle. */
function backwardEdges(input: LayoutInput, layout: Layout): number {
  let wrong = 0;
  input.from.forEach((from, edge) => {
    const to = u32(input.to, edge);
    if (u8(layout.back, edge)) return;
    if (i32(layout.rank, to) <= i32(layout.rank, from) || f32(layout.x, to) < f32(layout.x, from) + NODE_WIDTH) wrong++;
  });
  return wrong;
}

describe("layered layout", () => {
  it("places no two nodes over each other and leads every edge forward, on random graphs with cycles", () => {
    for (let seed = 1; seed <= 40; seed++) {
      const count = 2 + (seed * 7) % 90;
      const input = randomInput(count, Math.floor(count * 1.4), seed);
      const layout = layeredLayout(input);
      expect(overlaps(layout), `seed ${seed}`).toBe(0);
      expect(backwardEdges(input, layout), `seed ${seed}`).toBe(0);
    }
  });

  it("does so for thousands of nodes in wrapped columns", () => {
    const graph = sampleGenealogy(6000);
    const input = { count: graph.nodes.length, from: graph.from, to: graph.to };
    const layout = layeredLayout(input);
    expect(overlaps(layout)).toBe(0);
    expect(backwardEdges(input, layout)).toBe(0);
    expect(layout.width / layout.height).toBeGreaterThan(0.8);
    expect(layout.width / layout.height).toBeLessThan(4);
  });

  it("marks exactly one edge of a ring as closing the cycle", () => {
    const layout = layeredLayout(inputOf(3, [[0, 1], [1, 2], [2, 0]]));
    expect([...layout.back]).toEqual([0, 0, 1]);
    expect([...layout.rank]).toEqual([0, 1, 2]);
  });

  it("leaves no edge back in a graph without cycles", () => {
    const graph = sampleGenealogy(800);
    const layout = layeredLayout({ count: graph.nodes.length, from: graph.from, to: graph.to });
    expect(layout.back.some(Boolean)).toBe(false);
  });

  it("pulls an input that only feeds a late step next to that step", () => {
    // 0 → 1 → 2 → 3 and the packaging 4 → 3
    const layout = layeredLayout(inputOf(5, [[0, 1], [1, 2], [2, 3], [4, 3]]));
    expect(i32(layout.rank, 4)).toBe(2);
  });

  it("guides an edge across ranks around the nodes between", () => {
    const layout = layeredLayout(inputOf(4, [[0, 1], [1, 2], [2, 3], [0, 3]]));
    expect(u32(layout.bendOffsets, 4) - u32(layout.bendOffsets, 3)).toBe(8);
    const lane = f32(layout.bends, u32(layout.bendOffsets, 3) + 1);
    const middle = f32(layout.y, 1);
    expect(lane < middle || lane > middle + NODE_HEIGHT).toBe(true);
  });

  it("puts nodes without edges on a shelf below", () => {
    const layout = layeredLayout(inputOf(5, [[0, 1]]));
    const bottom = Math.max(f32(layout.y, 0), f32(layout.y, 1)) + NODE_HEIGHT;
    for (const loose of [2, 3, 4]) expect(f32(layout.y, loose)).toBeGreaterThan(bottom);
    expect(overlaps(layout)).toBe(0);
  });

  it("is deterministic and survives emptiness", () => {
    const input = randomInput(60, 90, 3);
    expect([...layeredLayout(input).y]).toEqual([...layeredLayout(input).y]);
    expect(layeredLayout(inputOf(0, [])).width).toBe(0);
  });
});

describe("column placement", () => {
  it("grants every wish that the gaps allow", () => {
    expect(placeColumn([0, 100, 300], [1, 1, 1], [50, 50])).toEqual([0, 100, 300]);
  });

  it("shares the room fairly where wishes collide, and keeps the order", () => {
    expect(placeColumn([10, 10], [1, 1], [40])).toEqual([-10, 30]);
    const centres = placeColumn([90, 10, 50], [1, 1, 1], [20, 20]);
    expect((centres[1] ?? 0) - (centres[0] ?? 0)).toBeGreaterThanOrEqual(20);
    expect((centres[2] ?? 0) - (centres[1] ?? 0)).toBeGreaterThanOrEqual(20);
  });
});
