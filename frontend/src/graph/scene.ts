import { f64, i32, item, u32, u8 } from "./access";
import { type Adjacency, adjacency, type Genealogy, type GenealogyNode, type Verdict, VERDICTS } from "./model";

/**
 * A fold stands for many alike items. `closed` hides all of them; `rest` belongs to an opened fold: it holds the
 * members that are not drawn yet (perhaps none) and is the handle that closes the group again.
 */
export interface Fold {
  readonly id: string;
  readonly state: "closed" | "rest";
  /** All members of the group, drawn or not. */
  readonly total: number;
}

export interface SceneNode {
  readonly key: string;
  /** Members as indices into the genealogy; exactly one unless `fold` is set. */
  readonly members: readonly number[];
  /** The member that lends kind, label and colour. */
  readonly lead: number;
  readonly fold: Fold | null;
  /** The opened fold that this node came out of. */
  readonly group: string | null;
}

/** What is laid out and drawn: items and folds, with the edges between them bundled. */
export interface Scene {
  readonly genealogy: Genealogy;
  readonly nodes: readonly SceneNode[];
  readonly from: Uint32Array;
  readonly to: Uint32Array;
  readonly verdicts: Uint8Array;
  /** Earliest event time of the bundled edges, NaN when unknown. */
  readonly times: Float64Array;
  /** How many edges of the genealogy one drawn edge stands for; 0 marks a layout hint that is not drawn. */
  readonly weights: Uint32Array;
  /** Time at which the node (the first member of a fold) appears, NaN when unknown. */
  readonly since: Float64Array;
  /** Neighbours that exist but are not drawn, per node. */
  readonly hiddenIn: Uint32Array;
  readonly hiddenOut: Uint32Array;
  readonly outgoing: Adjacency;
  readonly incoming: Adjacency;
  /** Scene node of each node of the genealogy, −1 when not drawn. */
  readonly home: Int32Array;
}

/** An edge for the layout only, from one scene node to another. */
export type Hint = readonly [number, number];

export const leadOf = (scene: Scene, node: number): GenealogyNode =>
  item(scene.genealogy.nodes, item(scene.nodes, node).lead);

export const sceneIndex = (scene: Scene, key: string): number =>
  scene.nodes.findIndex((node) => node.key === key);

/** Members of a scene node counted by verdict. */
export function verdictCounts(scene: Scene, node: number): Record<Verdict, number> {
  const counts = { certain: 0, possible: 0, excluded: 0 };
  for (const member of item(scene.nodes, node).members) counts[item(scene.genealogy.nodes, member).verdict]++;
  return counts;
}

interface Bundles {
  readonly from: number[];
  readonly to: number[];
  readonly verdicts: number[];
  readonly times: number[];
  readonly weights: number[];
}

/** Join the edges between the same two scene nodes and count those that lead out of the picture. */
function bundle(graph: Genealogy, home: Int32Array, hiddenIn: Uint32Array, hiddenOut: Uint32Array,
  include: Uint8Array | null, span: number): Bundles {
  const out: Bundles = { from: [], to: [], verdicts: [], times: [], weights: [] };
  const slots = new Map<number, number>();
  for (let edge = 0; edge < graph.edgeCount; edge++) {
    const a = u32(graph.from, edge);
    const b = u32(graph.to, edge);
    if (include && !(u8(include, a) && u8(include, b))) continue;
    const from = i32(home, a);
    const to = i32(home, b);
    if (from === to) continue;
    if (from < 0) hiddenIn[to] = u32(hiddenIn, to) + 1;
    else if (to < 0) hiddenOut[from] = u32(hiddenOut, from) + 1;
    else {
      const pair = from * span + to;
      const slot = slots.get(pair);
      if (slot === undefined) {
        slots.set(pair, out.from.length);
        out.from.push(from);
        out.to.push(to);
        out.verdicts.push(u8(graph.verdicts, edge));
        out.times.push(f64(graph.times, edge));
        out.weights.push(1);
      } else {
        out.verdicts[slot] = Math.min(item(out.verdicts, slot), u8(graph.verdicts, edge));
        out.times[slot] = earlier(item(out.times, slot), f64(graph.times, edge));
        out.weights[slot] = item(out.weights, slot) + 1;
      }
    }
  }
  return out;
}

const earlier = (a: number, b: number): number => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.min(a, b));

/** Make the scene of the given nodes: bundled edges, hidden neighbours, times. */
export function composeScene(graph: Genealogy, nodes: readonly SceneNode[], include: Uint8Array | null = null,
  hints: readonly Hint[] = []): Scene {
  const home = new Int32Array(graph.nodes.length).fill(-1);
  const since = new Float64Array(nodes.length).fill(NaN);
  nodes.forEach((node, i) => {
    for (const member of node.members) {
      home[member] = i;
      since[i] = earlier(f64(since, i), item(graph.nodes, member).since ?? NaN);
    }
  });
  const hiddenIn = new Uint32Array(nodes.length);
  const hiddenOut = new Uint32Array(nodes.length);
  const edges = bundle(graph, home, hiddenIn, hiddenOut, include, nodes.length);
  const linked = new Set(edges.from.map((from, i) => `${from}>${item(edges.to, i)}`));
  for (const [from, to] of hints) {
    if (linked.has(`${from}>${to}`)) continue;
    edges.from.push(from);
    edges.to.push(to);
    edges.verdicts.push(VERDICTS.indexOf("certain"));
    edges.times.push(NaN);
    edges.weights.push(0);
  }
  const from = Uint32Array.from(edges.from);
  const to = Uint32Array.from(edges.to);
  return {
    genealogy: graph, nodes, from, to, home, since, hiddenIn, hiddenOut,
    verdicts: Uint8Array.from(edges.verdicts),
    times: Float64Array.from(edges.times),
    weights: Uint32Array.from(edges.weights),
    outgoing: adjacency(nodes.length, from),
    incoming: adjacency(nodes.length, to),
  };
}

export const single = (graph: Genealogy, member: number, group: string | null = null): SceneNode => ({
  key: item(graph.nodes, member).id, members: [member], lead: member, fold: null, group,
});

/** Every node on its own, nothing folded. */
export function wholeScene(graph: Genealogy, include: Uint8Array | null = null): Scene {
  const nodes: SceneNode[] = [];
  for (let i = 0; i < graph.nodes.length; i++) if (!include || u8(include, i)) nodes.push(single(graph, i));
  return composeScene(graph, nodes, include);
}
