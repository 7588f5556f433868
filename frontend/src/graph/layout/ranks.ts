import { i32, item, u32, u8 } from "../access";
import { type Adjacency, adjacency, degree, eachEdge } from "../model";
import type { LayoutInput } from "./types";

export interface Ranks {
  readonly rank: Int32Array;
  readonly back: Uint8Array;
  readonly outgoing: Adjacency;
  readonly incoming: Adjacency;
  readonly depth: number;
}

/** Mark the edges that close a cycle, by depth-first search without recursion. */
function markBackEdges(count: number, to: Uint32Array, outgoing: Adjacency): Uint8Array {
  const back = new Uint8Array(to.length);
  const state = new Uint8Array(count); // 0 new, 1 on the stack, 2 done
  const cursor = outgoing.offsets.slice(0, count);
  const stack: number[] = [];
  for (let root = 0; root < count; root++) {
    if (u8(state, root)) continue;
    stack.push(root);
    state[root] = 1;
    while (stack.length) {
      const node = item(stack, stack.length - 1);
      const at = u32(cursor, node);
      if (at === u32(outgoing.offsets, node + 1)) {
        state[node] = 2;
        stack.pop();
        continue;
      }
      cursor[node] = at + 1;
      const edge = u32(outgoing.edges, at);
      const next = u32(to, edge);
      if (u8(state, next) === 1) back[edge] = 1;
      else if (u8(state, next) === 0) {
        state[next] = 1;
        stack.push(next);
      }
    }
  }
  return back;
}

/** Topological order over the edges that are not marked; shorter than `count` when a cycle is left. */
function topological(count: number, to: Uint32Array, outgoing: Adjacency, back: Uint8Array): Uint32Array {
  const waiting = new Uint32Array(count);
  to.forEach((end, edge) => {
    if (!u8(back, edge)) waiting[end] = u32(waiting, end) + 1;
  });
  const order = new Uint32Array(count);
  let tail = 0;
  for (let node = 0; node < count; node++) if (!u32(waiting, node)) order[tail++] = node;
  for (let head = 0; head < tail; head++) {
    eachEdge(outgoing, u32(order, head), (edge) => {
      if (u8(back, edge)) return;
      const next = u32(to, edge);
      const left = u32(waiting, next) - 1;
      waiting[next] = left;
      if (!left) order[tail++] = next;
    });
  }
  return order.subarray(0, tail);
}

/**
 * Longest-path ranks: every edge but the cycle-closing ones leads to a higher rank. Nodes with more consumers than
 * sources are then pulled towards what they feed, which keeps edges short.
 */
export function rankNodes({ count, from, to }: LayoutInput): Ranks {
  const outgoing = adjacency(count, from);
  const incoming = adjacency(count, to);
  let back: Uint8Array = new Uint8Array(to.length);
  let order = topological(count, to, outgoing, back);
  if (order.length < count) {
    back = markBackEdges(count, to, outgoing);
    order = topological(count, to, outgoing, back);
  }
  const rank = new Int32Array(count);
  let depth = 0;
  for (const node of order) {
    eachEdge(outgoing, node, (edge) => {
      if (u8(back, edge)) return;
      const next = u32(to, edge);
      rank[next] = Math.max(i32(rank, next), i32(rank, node) + 1);
    });
    depth = Math.max(depth, i32(rank, node) + 1);
  }
  for (let i = order.length - 1; i >= 0; i--) {
    const node = u32(order, i);
    if (degree(outgoing, node) <= degree(incoming, node)) continue;
    let nearest = Infinity;
    eachEdge(outgoing, node, (edge) => {
      if (!u8(back, edge)) nearest = Math.min(nearest, i32(rank, u32(to, edge)));
    });
    if (nearest !== Infinity) rank[node] = nearest - 1;
  }
  return { rank, back, outgoing, incoming, depth };
}
