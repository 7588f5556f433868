import { item, u32 } from "./access";
import { type Adjacency, eachEdge, type Genealogy } from "./model";

/** The two ends of every edge and the adjacency of both sides: what a walk needs of a graph or a scene. */
export interface Walkable {
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly outgoing: Adjacency;
  readonly incoming: Adjacency;
}

export type Way = "up" | "down";

const sideOf = (graph: Walkable, way: Way): readonly [Adjacency, Uint32Array] =>
  way === "up" ? [graph.incoming, graph.from] : [graph.outgoing, graph.to];

/** Everything reachable from the starts against (up) or along (down) the causal direction; starts included. */
export function reachable(graph: Walkable, starts: Iterable<number>, way: Way): Uint8Array {
  const [side, ends] = sideOf(graph, way);
  const seen = new Uint8Array(side.offsets.length - 1);
  const stack: number[] = [];
  const visit = (node: number): void => {
    if (seen[node]) return;
    seen[node] = 1;
    stack.push(node);
  };
  for (const start of starts) visit(start);
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    eachEdge(side, node, (edge) => visit(u32(ends, edge)));
  }
  return seen;
}

/** A shortest chain of nodes from `start` to `goal` along one way; null when there is none. */
export function shortest(graph: Walkable, start: number, goal: number, way: Way): number[] | null {
  const [side, ends] = sideOf(graph, way);
  const before = new Map<number, number>([[start, -1]]);
  const queue = [start];
  for (let head = 0; head < queue.length && !before.has(goal); head++) {
    const node = item(queue, head);
    eachEdge(side, node, (edge) => {
      const next = u32(ends, edge);
      if (before.has(next)) return;
      before.set(next, node);
      queue.push(next);
    });
  }
  if (!before.has(goal)) return null;
  const path: number[] = [];
  for (let node = goal; node >= 0; node = before.get(node) ?? -1) path.push(node);
  return path.reverse();
}

/**
 * Why is this node listed: the chain from a start of the question to it.
 *
 * The trace itself names each node's predecessor (`via`); that chain is used as far as it goes. Where it breaks off
 * (a node without predecessor that is no start) the shortest walk in the drawn graph stands in.
 */
export function explainingPath(graph: Genealogy, node: number): number[] {
  const chain = [node];
  const seen = new Set(chain);
  for (;;) {
    const last = item(chain, chain.length - 1);
    const { role, via } = item(graph.nodes, last);
    if (role === "start") return chain.reverse();
    const next = via === null ? -1 : graph.find(via);
    if (next < 0 || seen.has(next)) break;
    seen.add(next);
    chain.push(next);
  }
  const starts = graph.nodes.flatMap((candidate, i) => (candidate.role === "start" ? [i] : []));
  let best: number[] | null = null;
  for (const start of starts) {
    for (const way of ["down", "up"] as const) {
      const path = shortest(graph, start, node, way);
      if (path && (!best || path.length < best.length)) best = path;
    }
  }
  return best ?? chain.reverse();
}
