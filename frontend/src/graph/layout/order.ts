import { f64, i32, u32 } from "../access";
import { type Adjacency, adjacency, eachEdge } from "../model";
import type { Ranks } from "./ranks";
import type { LayoutInput } from "./types";

/**
 * The graph made proper: every segment joins neighbouring ranks. Vertices below `real` are nodes, the others are
 * lanes, the places where a long edge passes a rank.
 */
export interface Proper {
  readonly real: number;
  readonly rank: Int32Array;
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly outgoing: Adjacency;
  readonly incoming: Adjacency;
  /** Vertices of each rank, top to bottom. */
  readonly layers: number[][];
  /** First lane of each edge, −1 when it has none; the lanes of an edge are consecutive. */
  readonly firstLane: Int32Array;
}

/** More lanes than this and long edges run straight across instead. */
const LANE_LIMIT = 6000;
const CROSSING_LIMIT = 30_000;
const SWEEPS = 10;

export function properGraph(input: LayoutInput, ranks: Ranks, placed: (node: number) => boolean): Proper {
  const { from, to } = input;
  const forward: number[] = [];
  let lanes = 0;
  from.forEach((start, edge) => {
    if (ranks.back[edge]) return;
    forward.push(edge);
    lanes += i32(ranks.rank, u32(to, edge)) - i32(ranks.rank, start) - 1;
  });
  const useLanes = lanes <= LANE_LIMIT;
  const total = input.count + (useLanes ? lanes : 0);
  const rank = new Int32Array(total);
  rank.set(ranks.rank);
  const firstLane = new Int32Array(from.length).fill(-1);
  const starts: number[] = [];
  const ends: number[] = [];
  let next = input.count;
  for (const edge of forward) {
    let last = u32(from, edge);
    const goal = u32(to, edge);
    if (useLanes && i32(rank, goal) - i32(rank, last) > 1) {
      firstLane[edge] = next;
      for (let level = i32(rank, last) + 1; level < i32(rank, goal); level++) {
        rank[next] = level;
        starts.push(last);
        ends.push(next);
        last = next++;
      }
    }
    starts.push(last);
    ends.push(goal);
  }
  const layers: number[][] = Array.from({ length: ranks.depth }, () => []);
  const segmentsFrom = Uint32Array.from(starts);
  const segmentsTo = Uint32Array.from(ends);
  const outgoing = adjacency(total, segmentsFrom);
  const incoming = adjacency(total, segmentsTo);
  for (const vertex of depthFirst(total, outgoing, segmentsTo, incoming)) {
    if (vertex >= input.count || placed(vertex)) layers[i32(rank, vertex)]?.push(vertex);
  }
  return { real: input.count, rank, from: segmentsFrom, to: segmentsTo, outgoing, incoming, layers, firstLane };
}

/** First order: depth first from the sources, so that what belongs together starts together. */
function depthFirst(count: number, outgoing: Adjacency, to: Uint32Array, incoming: Adjacency): Uint32Array {
  const order = new Uint32Array(count);
  const seen = new Uint8Array(count);
  let tail = 0;
  const stack: number[] = [];
  const run = (root: number): void => {
    stack.push(root);
    for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
      if (seen[node]) continue;
      seen[node] = 1;
      order[tail++] = node;
      for (let i = u32(outgoing.offsets, node + 1) - 1; i >= u32(outgoing.offsets, node); i--) {
        stack.push(u32(to, u32(outgoing.edges, i)));
      }
    }
  };
  for (let i = 0; i < count; i++) if (u32(incoming.offsets, i) === u32(incoming.offsets, i + 1)) run(i);
  for (let i = 0; i < count; i++) run(i);
  return order;
}

/** Barycentre sweeps down and up; the order with the fewest crossings wins where counting them is affordable. */
export function orderLayers(graph: Proper): void {
  const position = new Float64Array(graph.rank.length);
  const settle = (layer: readonly number[]): void =>
    layer.forEach((vertex, i) => (position[vertex] = (i + 0.5) / layer.length));
  graph.layers.forEach(settle);
  const counted = graph.from.length <= CROSSING_LIMIT;
  let best = counted ? crossings(graph) : Infinity;
  let kept = counted ? graph.layers.map((layer) => [...layer]) : null;
  const rounds = counted ? SWEEPS : 6;
  const weight = new Float64Array(graph.rank.length);
  for (let round = 0; round < rounds && best > 0; round++) {
    const down = round % 2 === 0;
    const layers = down ? graph.layers : [...graph.layers].reverse();
    for (const layer of layers) {
      const side = down ? graph.incoming : graph.outgoing;
      const ends = down ? graph.from : graph.to;
      for (const vertex of layer) weight[vertex] = mean(side, ends, vertex, position);
      layer.sort((a, b) => f64(weight, a) - f64(weight, b));
      settle(layer);
    }
    if (!counted) continue;
    const now = crossings(graph);
    if (now < best) {
      best = now;
      kept = graph.layers.map((layer) => [...layer]);
    }
  }
  kept?.forEach((layer, i) => {
    graph.layers[i] = layer;
  });
}

function mean(side: Adjacency, ends: Uint32Array, vertex: number, position: Float64Array): number {
  let sum = 0;
  let count = 0;
  eachEdge(side, vertex, (edge) => {
    sum += f64(position, u32(ends, edge));
    count++;
  });
  return count ? sum / count : f64(position, vertex);
}

/** Crossings between all neighbouring layers, by counting inversions with a Fenwick tree. */
export function crossings(graph: Proper): number {
  const slot = new Int32Array(graph.rank.length);
  for (const layer of graph.layers) layer.forEach((vertex, i) => (slot[vertex] = i));
  let total = 0;
  graph.layers.forEach((layer, level) => {
    const width = graph.layers[level + 1]?.length ?? 0;
    const tree = new Int32Array(width + 1);
    let inserted = 0;
    for (const vertex of layer) {
      const targets: number[] = [];
      eachEdge(graph.outgoing, vertex, (edge) => {
        const target = u32(graph.to, edge);
        if (i32(graph.rank, target) === level + 1) targets.push(i32(slot, target));
      });
      targets.sort((a, b) => a - b);
      for (const target of targets) total += inserted - prefix(tree, target + 1);
      for (const target of targets) for (let i = target + 1; i <= width; i += i & -i) tree[i] = i32(tree, i) + 1;
      inserted += targets.length;
    }
  });
  return total;
}

function prefix(tree: Int32Array, end: number): number {
  let sum = 0;
  for (let i = end; i > 0; i -= i & -i) sum += i32(tree, i);
  return sum;
}
