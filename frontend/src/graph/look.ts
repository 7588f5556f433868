import { item, u32, u8 } from "./access";
import { i32 } from "./access";
import { explainingPath, reachable } from "./walk";
import type { Scene } from "./scene";

export const MARK = { up: 1, down: 2, path: 4, match: 8 } as const;

/** What is emphasised in the picture at the moment. */
export interface Look {
  readonly selected: number;
  /** One byte of MARK bits a node, and the same a drawn edge. */
  readonly nodes: Uint8Array;
  readonly edges: Uint8Array;
  /** Something is traced through the picture: everything unmarked steps back. */
  readonly traced: boolean;
  /** The search hit in front. */
  readonly current: number;
  /** Only what happened up to here is drawn, epoch milliseconds. */
  readonly until: number;
}

export const plainLook = (scene: Scene): Look => ({
  selected: -1, nodes: new Uint8Array(scene.nodes.length), edges: new Uint8Array(scene.from.length),
  traced: false, current: -1, until: Infinity,
});

const put = (marks: Uint8Array, at: number, bits: number): void => {
  marks[at] = u8(marks, at) | bits;
};

/** Emphasis for a selected node (its ancestors, descendants, explaining path), search hits and a moment in time. */
export function lookAt(scene: Scene, selected: number, hits: readonly number[], current: number, until: number): Look {
  const nodes = new Uint8Array(scene.nodes.length);
  const edges = new Uint8Array(scene.from.length);
  if (selected >= 0) {
    const up = reachable(scene, [selected], "up");
    const down = reachable(scene, [selected], "down");
    scene.from.forEach((from, edge) => {
      const to = u32(scene.to, edge);
      if (u8(up, from) && u8(up, to)) put(edges, edge, MARK.up);
      if (u8(down, from) && u8(down, to)) put(edges, edge, MARK.down);
    });
    for (let i = 0; i < nodes.length; i++) put(nodes, i, u8(up, i) * MARK.up + u8(down, i) * MARK.down);
    markPath(scene, selected, nodes, edges);
  }
  for (const hit of hits) {
    const home = i32(scene.home, hit);
    if (home >= 0) put(nodes, home, MARK.match);
  }
  const front = current < 0 ? -1 : i32(scene.home, current);
  return { selected, nodes, edges, traced: selected >= 0, current: front, until };
}

/** The shortest explaining path of the selected item, as far as it is drawn. */
function markPath(scene: Scene, selected: number, nodes: Uint8Array, edges: Uint8Array): void {
  const path = explainingPath(scene.genealogy, item(scene.nodes, selected).lead).map((node) => i32(scene.home, node));
  const steps = new Set<string>();
  path.forEach((node, i) => {
    if (node >= 0) put(nodes, node, MARK.path);
    const next = path[i + 1];
    if (next !== undefined) steps.add(`${node}>${next}`).add(`${next}>${node}`);
  });
  scene.from.forEach((from, edge) => {
    if (steps.has(`${from}>${u32(scene.to, edge)}`)) put(edges, edge, MARK.path);
  });
}
