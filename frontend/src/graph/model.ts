import { u32 } from "./access";

/** What kind of thing a node is; each has a shape, a colour and a letter of its own. */
export const ITEM_KINDS = ["unit", "lot", "carrier", "asset", "product"] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** How sure the trace is of a node; the order is from strongest to weakest. */
export const VERDICTS = ["certain", "possible", "excluded"] as const;
export type Verdict = (typeof VERDICTS)[number];

export type NodeRole = "start" | "product" | "carrier" | "condition";

/** Badges a node can wear. */
export type NodeState = "held" | "scrapped" | "shipped" | "consumed" | "rework" | "ok";

export interface GenealogyNode {
  readonly id: string;
  readonly label: string;
  /** Second line: product, place. */
  readonly detail: string;
  /** What a fold of such items is called: the product. */
  readonly family: string;
  readonly kind: ItemKind;
  readonly verdict: Verdict;
  readonly role: NodeRole;
  readonly state: NodeState | null;
  /** Nodes fold together only when this is equal too (product and state, say). */
  readonly alike: string;
  /** When the node entered the scope, epoch milliseconds; null when unknown. */
  readonly since: number | null;
  /** Predecessor on the shortest explaining path. */
  readonly via: string | null;
  /** Why the node is excluded or only possible, ready to read; null for certain ones. */
  readonly reason: string | null;
  /** A broken link is reported at this node. */
  readonly gap: boolean;
}

/** An edge in causal direction: what went in → what came out. */
export interface GenealogyEdge {
  readonly from: string;
  readonly to: string;
  /** Event time, epoch milliseconds; null when unknown. */
  readonly time: number | null;
  readonly verdict: Verdict;
  /** Number of the event that draws this edge; null when unknown. */
  readonly event: number | null;
}

/** Compressed adjacency: the edges of node i are `edges[offsets[i] … offsets[i+1])`. */
export interface Adjacency {
  readonly offsets: Uint32Array;
  readonly edges: Uint32Array;
}

export function adjacency(nodeCount: number, ends: Uint32Array): Adjacency {
  const offsets = new Uint32Array(nodeCount + 1);
  for (const end of ends) offsets[end + 1] = u32(offsets, end + 1) + 1;
  for (let i = 0; i < nodeCount; i++) offsets[i + 1] = u32(offsets, i + 1) + u32(offsets, i);
  const cursor = offsets.slice();
  const edges = new Uint32Array(ends.length);
  ends.forEach((end, edge) => {
    const slot = u32(cursor, end);
    edges[slot] = edge;
    cursor[end] = slot + 1;
  });
  return { offsets, edges };
}

/** Visit the edges of one node. */
export function eachEdge(side: Adjacency, node: number, visit: (edge: number) => void): void {
  for (let i = u32(side.offsets, node); i < u32(side.offsets, node + 1); i++) visit(u32(side.edges, i));
}

export const degree = (side: Adjacency, node: number): number =>
  u32(side.offsets, node + 1) - u32(side.offsets, node);

/** An immutable genealogy: nodes and causal edges, with adjacency in both directions. */
export class Genealogy {
  readonly nodes: readonly GenealogyNode[];
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  /** Event time per edge, NaN when unknown. */
  readonly times: Float64Array;
  readonly verdicts: Uint8Array;
  /** Event number per edge, NaN when unknown. */
  readonly events: Float64Array;
  readonly outgoing: Adjacency;
  readonly incoming: Adjacency;
  private readonly index: ReadonlyMap<string, number>;

  /** Edges whose ends are not both among the nodes, self-loops and repeats of a pair are dropped. */
  constructor(nodes: readonly GenealogyNode[], edges: Iterable<GenealogyEdge>) {
    this.nodes = nodes;
    const index = new Map<string, number>();
    nodes.forEach((node, i) => index.set(node.id, i));
    this.index = index;
    const kept: GenealogyEdge[] = [];
    const slots = new Map<number, number>();
    for (const edge of edges) {
      const from = index.get(edge.from);
      const to = index.get(edge.to);
      if (from === undefined || to === undefined || from === to) continue;
      const pair = from * nodes.length + to;
      const slot = slots.get(pair);
      if (slot === undefined) {
        slots.set(pair, kept.length);
        kept.push(edge);
      } else if (stronger(edge, kept[slot])) kept[slot] = edge;
    }
    this.from = Uint32Array.from(kept, (edge) => index.get(edge.from) ?? 0);
    this.to = Uint32Array.from(kept, (edge) => index.get(edge.to) ?? 0);
    this.times = Float64Array.from(kept, (edge) => edge.time ?? NaN);
    this.verdicts = Uint8Array.from(kept, (edge) => VERDICTS.indexOf(edge.verdict));
    this.events = Float64Array.from(kept, (edge) => edge.event ?? NaN);
    this.outgoing = adjacency(nodes.length, this.from);
    this.incoming = adjacency(nodes.length, this.to);
  }

  get edgeCount(): number {
    return this.from.length;
  }

  find(id: string): number {
    return this.index.get(id) ?? -1;
  }

  /** Earliest and latest time of any node or edge; null when nothing is dated. */
  timeSpan(): readonly [number, number] | null {
    let low = Infinity;
    let high = -Infinity;
    const take = (time: number): void => {
      if (Number.isNaN(time)) return;
      low = Math.min(low, time);
      high = Math.max(high, time);
    };
    this.times.forEach(take);
    for (const node of this.nodes) take(node.since ?? NaN);
    return low <= high ? [low, high] : null;
  }
}

/** Of two edges between the same items the surer one counts, then the earlier one. */
function stronger(candidate: GenealogyEdge, kept: GenealogyEdge | undefined): boolean {
  if (!kept) return true;
  const rank = VERDICTS.indexOf(candidate.verdict) - VERDICTS.indexOf(kept.verdict);
  return rank < 0 || (rank === 0 && (candidate.time ?? Infinity) < (kept.time ?? Infinity));
}
