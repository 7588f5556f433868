import { item, u32 } from "./access";
import { degree, eachEdge, type Genealogy } from "./model";
import { startsOf } from "./view";
import type { Way } from "./walk";

/** Children listed at first, and with every "more". */
export const TREE_PAGE = 50;

interface RowPlace {
  /** Unique and stable: the chain of ids from the root. */
  readonly key: string;
  readonly level: number;
  /** Place among the siblings, from 1, and how many siblings there are in all. */
  readonly position: number;
  readonly siblings: number;
}

export type TreeRow =
  | (RowPlace & { readonly is: "section"; readonly way: Way; readonly expanded: boolean })
  | (RowPlace & { readonly is: "item"; readonly node: number; readonly way: Way; readonly expandable: boolean; readonly expanded: boolean;
      /** The same item is open further up; here it is only named. */
      readonly repeated: boolean })
  | (RowPlace & { readonly is: "more"; readonly parent: string; readonly hidden: number; readonly total: number });

export interface TreeState {
  /** Keys of the open rows. */
  readonly open: ReadonlySet<string>;
  /** How many pages of children of a row are listed; one where nothing is said. */
  readonly pages: ReadonlyMap<string, number>;
}

/** Direct neighbours of an item on one side. */
export function neighboursOf(graph: Genealogy, node: number, way: Way): number[] {
  const [side, ends] = way === "up" ? [graph.incoming, graph.from] : [graph.outgoing, graph.to];
  const found: number[] = [];
  eachEdge(side, node, (edge) => found.push(u32(ends, edge)));
  return found;
}

/** Ways in which the starts of the question have anything at all. */
export function waysOf(graph: Genealogy): Way[] {
  const starts = startsOf(graph);
  const has = (way: Way): boolean => starts.some((start) => degree(way === "up" ? graph.incoming : graph.outgoing, start) > 0);
  return (["up", "down"] as const).filter(has);
}

export const FIRST_TREE: TreeState = { open: new Set(["up", "down"]), pages: new Map() };

/**
 * The visible rows of the tree-table twin: the graph unrolled from the starts, lazily, one section for each way.
 *
 * An item that several branches reach is expanded only where it comes first; cycles end at the item that closes them.
 */
export function treeRows(graph: Genealogy, state: TreeState): TreeRow[] {
  const rows: TreeRow[] = [];
  const ways = waysOf(graph);
  const sections: readonly Way[] = ways.length ? ways : ["down"];
  for (const [i, way] of sections.entries()) {
    const expanded = state.open.has(way);
    rows.push({ is: "section", key: way, way, level: 1, position: i + 1, siblings: sections.length, expanded });
    if (!expanded) continue;
    const seen = new Set<number>();
    const starts = startsOf(graph);
    starts.forEach((start, at) => branch(graph, state, rows, seen, { node: start, way, parent: way, level: 2, position: at + 1, siblings: starts.length }));
  }
  return rows;
}

interface Branch {
  readonly node: number;
  readonly way: Way;
  readonly parent: string;
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
}

function branch(graph: Genealogy, state: TreeState, rows: TreeRow[], seen: Set<number>, at: Branch): void {
  const { node, way, level, position, siblings } = at;
  const key = `${at.parent}/${item(graph.nodes, node).id}`;
  const children = neighboursOf(graph, node, way);
  const repeated = seen.has(node) && children.length > 0;
  seen.add(node);
  const expandable = children.length > 0 && !repeated;
  // the starts are open from the beginning; closing one is remembered as its key with a minus
  const expanded = expandable && (level === 2 ? !state.open.has(`-${key}`) : state.open.has(key));
  rows.push({ is: "item", key, node, way, level, position, siblings, expandable, expanded, repeated });
  if (!expanded) return;
  const shown = Math.min(children.length, (state.pages.get(key) ?? 1) * TREE_PAGE);
  children.slice(0, shown).forEach((child, i) =>
    branch(graph, state, rows, seen, { node: child, way, parent: key, level: level + 1, position: i + 1, siblings: children.length }));
  if (shown < children.length) {
    const hidden = Math.min(TREE_PAGE, children.length - shown);
    rows.push({ is: "more", key: `${key}/+`, parent: key, level: level + 1, position: shown + 1, siblings: children.length, hidden, total: children.length });
  }
}

/** Open or close a row. */
export function toggled(state: TreeState, row: TreeRow): TreeState {
  if (row.is === "more") return { ...state, pages: new Map(state.pages).set(row.parent, (state.pages.get(row.parent) ?? 1) + 1) };
  const open = new Set(state.open);
  const key = row.is === "item" && row.level === 2 ? `-${row.key}` : row.key;
  if (!open.delete(key)) open.add(key);
  return { ...state, open };
}

/** Which row a key press moves to, by index; −1 stays. Left on a closed row goes to its parent, right on an open one to its first child. */
export function moveInTree(rows: readonly TreeRow[], at: number, key: string): number {
  const row = rows[at];
  if (!row) return -1;
  const inside = (i: number): number => Math.min(rows.length - 1, Math.max(0, i));
  if (key === "ArrowDown") return inside(at + 1);
  if (key === "ArrowUp") return inside(at - 1);
  if (key === "PageDown") return inside(at + 15);
  if (key === "PageUp") return inside(at - 15);
  if (key === "Home") return 0;
  if (key === "End") return rows.length - 1;
  const open = row.is !== "more" && row.expanded;
  if (key === "ArrowRight") return open ? inside(at + 1) : -1;
  if (key === "ArrowLeft" && !open) return rows.findLastIndex((other, i) => i < at && other.level === row.level - 1);
  return -1;
}
