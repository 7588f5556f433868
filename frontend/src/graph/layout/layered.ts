import { f32, f64, i32, u32, u8 } from "../access";
import { degree } from "../model";
import { orderLayers, type Proper, properGraph } from "./order";
import { placeRows, wrapRows } from "./place";
import { rankNodes } from "./ranks";
import { COLUMN_GAP, type Layout, type LayoutInput, NODE_HEIGHT, NODE_WIDTH, ROW_GAP } from "./types";

/** Columns longer than this are wrapped. */
const WRAP_ABOVE = 160;
const CELL_WIDTH = NODE_WIDTH + 24;
const CELL_HEIGHT = NODE_HEIGHT + ROW_GAP;

/**
 * Layered drawing in causal direction, left to right: longest-path ranks, barycentre ordering, least-squares rows.
 *
 * Pure and deterministic; linear up to the sorting of layers. Nodes without any edge are put on a shelf below.
 */
export function layeredLayout(input: LayoutInput): Layout {
  const ranks = rankNodes(input);
  const linked = (node: number): boolean => degree(ranks.outgoing, node) + degree(ranks.incoming, node) > 0;
  const graph = properGraph(input, ranks, linked);
  orderLayers(graph);
  const x = new Float32Array(input.count);
  const y = new Float32Array(input.count);
  const longest = Math.max(0, ...graph.layers.map((layer) => layer.length));
  const bendY = longest > WRAP_ABOVE ? (placeWrapped(graph, x, y), null) : placePlain(graph, x, y);
  const shift = normalise(y, linked);
  shelve(input.count, linked, x, y);
  const bends = bendsOf(input, graph, ranks.back, bendY, shift);
  let width = 0;
  let height = 0;
  for (let i = 0; i < input.count; i++) {
    width = Math.max(width, f32(x, i) + NODE_WIDTH);
    height = Math.max(height, f32(y, i) + NODE_HEIGHT);
  }
  return { x, y, rank: ranks.rank, back: ranks.back, ...bends, width, height };
}

/** One column a rank. Returns the rows of all vertices, lanes included, relative to the nodes' own. */
function placePlain(graph: Proper, x: Float32Array, y: Float32Array): Float64Array {
  const rows = placeRows(graph);
  for (let node = 0; node < graph.real; node++) {
    x[node] = i32(graph.rank, node) * (NODE_WIDTH + COLUMN_GAP);
    y[node] = f64(rows, node) - NODE_HEIGHT / 2;
  }
  return rows;
}

function placeWrapped(graph: Proper, x: Float32Array, y: Float32Array): void {
  const layers = graph.layers.map((layer) => layer.filter((vertex) => vertex < graph.real));
  const total = layers.reduce((sum, layer) => sum + layer.length, 0);
  // wide enough to see the flow between ranks when the whole drawing is on screen
  const rankGap = Math.max(COLUMN_GAP * 3, Math.sqrt(total * CELL_WIDTH * CELL_HEIGHT) / 16);
  const rows = wrapRows(layers, CELL_WIDTH, CELL_HEIGHT, rankGap);
  const height = rows * CELL_HEIGHT;
  let left = 0;
  for (const layer of layers) {
    const columns = Math.max(1, Math.ceil(layer.length / rows));
    const used = Math.ceil(layer.length / columns);
    // a short layer is spread over the whole height: its nodes stay near what they are linked to
    const pitch = Math.max(CELL_HEIGHT, height / Math.max(1, used));
    const top = (height - pitch * used) / 2;
    layer.forEach((vertex, i) => {
      x[vertex] = left + (i % columns) * CELL_WIDTH;
      y[vertex] = top + (Math.floor(i / columns) + 0.5) * pitch - NODE_HEIGHT / 2;
    });
    left += columns * CELL_WIDTH + rankGap;
  }
}

/** Move the drawing to y = 0; returns by how much. */
function normalise(y: Float32Array, linked: (node: number) => boolean): number {
  let top = Infinity;
  y.forEach((value, node) => {
    if (linked(node)) top = Math.min(top, value);
  });
  const shift = top === Infinity ? 0 : top;
  y.forEach((value, node) => (y[node] = value - shift));
  return shift;
}

/** Nodes without edges: rows below the drawing. */
function shelve(count: number, linked: (node: number) => boolean, x: Float32Array, y: Float32Array): void {
  const loose: number[] = [];
  let bottom = 0;
  let right = 0;
  for (let node = 0; node < count; node++) {
    if (!linked(node)) loose.push(node);
    else {
      bottom = Math.max(bottom, f32(y, node) + NODE_HEIGHT + ROW_GAP * 3);
      right = Math.max(right, f32(x, node) + NODE_WIDTH);
    }
  }
  const columns = Math.max(1, Math.floor(Math.max(right, Math.sqrt(loose.length) * CELL_WIDTH) / CELL_WIDTH));
  loose.forEach((node, i) => {
    x[node] = (i % columns) * CELL_WIDTH;
    y[node] = bottom + Math.floor(i / columns) * CELL_HEIGHT;
  });
}

/** Where long edges pass the ranks between their ends: two bends a lane keep the edge level beside the nodes. */
function bendsOf(input: LayoutInput, graph: Proper, back: Uint8Array, rows: Float64Array | null, shift: number):
  Pick<Layout, "bendOffsets" | "bends"> {
  const bendOffsets = new Uint32Array(input.from.length + 1);
  const bends: number[] = [];
  input.from.forEach((from, edge) => {
    const lane = i32(graph.firstLane, edge);
    if (rows && lane >= 0 && !u8(back, edge)) {
      const span = i32(graph.rank, u32(input.to, edge)) - i32(graph.rank, from) - 1;
      for (let i = 0; i < span; i++) {
        const left = i32(graph.rank, lane + i) * (NODE_WIDTH + COLUMN_GAP);
        const at = f64(rows, lane + i) - shift;
        bends.push(left, at, left + NODE_WIDTH, at);
      }
    }
    bendOffsets[edge + 1] = bends.length;
  });
  return { bendOffsets, bends: Float32Array.from(bends) };
}
