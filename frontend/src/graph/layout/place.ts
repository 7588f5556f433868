import { f64, item, u32 } from "../access";
import { type Adjacency, eachEdge } from "../model";
import type { Proper } from "./order";
import { LANE_HEIGHT, NODE_HEIGHT, ROW_GAP } from "./types";

/**
 * Least-squares placement of one ordered column: each member as near to its wish as the gaps allow.
 *
 * With cumulated gaps subtracted this is isotonic regression, solved by pooling adjacent violators
 * (Ayer et al. 1955) in linear time. `wishes` and `weights` go with the members in order; `gaps[i]` is the least
 * distance between the centres of members i and i+1. Returns the centres.
 */
export function placeColumn(wishes: readonly number[], weights: readonly number[], gaps: readonly number[]): number[] {
  const blocks: { value: number; weight: number; size: number }[] = [];
  let shift = 0;
  const shifts: number[] = [];
  wishes.forEach((wish, i) => {
    shifts.push(shift);
    let block = { value: wish - shift, weight: item(weights, i), size: 1 };
    for (let last = blocks[blocks.length - 1]; last && last.value > block.value; last = blocks[blocks.length - 1]) {
      blocks.pop();
      const weight = last.weight + block.weight;
      block = {
        value: (last.value * last.weight + block.value * block.weight) / weight, weight, size: last.size + block.size,
      };
    }
    blocks.push(block);
    shift += gaps[i] ?? 0;
  });
  const centres: number[] = [];
  for (const block of blocks) for (let i = 0; i < block.size; i++) centres.push(block.value + item(shifts, centres.length));
  return centres;
}

const heightOf = (graph: Proper, vertex: number): number => (vertex < graph.real ? NODE_HEIGHT : LANE_HEIGHT);

export const gapBetween = (graph: Proper, a: number, b: number): number =>
  (heightOf(graph, a) + heightOf(graph, b)) / 2 + (a < graph.real || b < graph.real ? ROW_GAP : LANE_HEIGHT / 2);

const PASSES = 6;

/** Centre y of every vertex: columns stacked first, then pulled towards their neighbours in alternating sweeps. */
export function placeRows(graph: Proper): Float64Array {
  const y = new Float64Array(graph.rank.length);
  const gaps = graph.layers.map((layer) => layer.slice(1).map((vertex, i) => gapBetween(graph, item(layer, i), vertex)));
  graph.layers.forEach((layer, level) => {
    const own = item(gaps, level);
    let at = -own.reduce((sum, gap) => sum + gap, 0) / 2;
    layer.forEach((vertex, i) => {
      y[vertex] = at;
      at += own[i] ?? 0;
    });
  });
  for (let pass = 0; pass < PASSES; pass++) {
    const last = pass === PASSES - 1;
    const levels = [...graph.layers.keys()];
    if (pass % 2) levels.reverse();
    for (const level of levels) {
      const layer = item(graph.layers, level);
      const sides: [Adjacency, Uint32Array][] = [];
      if (last || pass % 2 === 0) sides.push([graph.incoming, graph.from]);
      if (last || pass % 2 === 1) sides.push([graph.outgoing, graph.to]);
      const wishes = layer.map((vertex) => wish(graph, sides, vertex, y));
      const centres = placeColumn(wishes.map((w) => w.at), wishes.map((w) => w.weight), item(gaps, level));
      layer.forEach((vertex, i) => (y[vertex] = item(centres, i)));
    }
  }
  return y;
}

function wish(graph: Proper, sides: readonly [Adjacency, Uint32Array][], vertex: number, y: Float64Array): { at: number; weight: number } {
  let sum = 0;
  let weight = 0;
  for (const [side, ends] of sides) {
    eachEdge(side, vertex, (edge) => {
      const other = u32(ends, edge);
      // straight lanes look best: a bend in a long edge costs more than a slant between nodes
      const pull = vertex >= graph.real && other >= graph.real ? 4 : 1;
      sum += f64(y, other) * pull;
      weight += pull;
    });
  }
  return weight ? { at: sum / weight, weight } : { at: f64(y, vertex), weight: 0.05 };
}

/** Layers taller than a screen can show are wrapped into several columns, filled row by row to keep neighbours near. */
export function wrapRows(layers: readonly (readonly number[])[], cellWidth: number, cellHeight: number, rankGap: number): number {
  const widest = Math.max(1, ...layers.map((layer) => layer.length));
  const aspect = (rows: number): number =>
    (layers.reduce((sum, layer) => sum + Math.ceil(layer.length / rows) * cellWidth + rankGap, 0)) / (rows * cellHeight);
  let low = 1;
  let high = widest;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (aspect(middle) > 1.7) low = middle + 1;
    else high = middle;
  }
  return low;
}
