import type { Genealogy } from "./model";
import { focusScene } from "./folding";
import { type Scene, wholeScene } from "./scene";

/** How the genealogy is looked at; the viewer adds what the hand opened. */
export interface GraphView {
  readonly mode: "focus" | "whole";
  /** Steps shown on each side in the focus view; Infinity for all. */
  readonly levels: number;
  readonly showExcluded: boolean;
  /** Only what happened up to here, epoch milliseconds. */
  readonly until: number;
}

export const DEFAULT_VIEW: GraphView = { mode: "focus", levels: 4, showExcluded: false, until: Infinity };

/** What was opened, expanded and pinned by hand. */
export interface Unfolding {
  readonly opened: ReadonlyMap<string, number>;
  readonly expanded: ReadonlySet<string>;
  readonly pinned: ReadonlySet<number>;
}

export const NOTHING_UNFOLDED: Unfolding = { opened: new Map(), expanded: new Set(), pinned: new Set() };

/** Alike siblings up to this many are drawn one by one. */
const FOLD_ABOVE = 6;

/** The scene of a view. `centre` is what the focus is on; without one the starts of the question are. */
export function sceneOf(graph: Genealogy, view: GraphView, centre: readonly number[], unfolding: Unfolding): Scene {
  let include: Uint8Array | null = null;
  if (!view.showExcluded) {
    include = Uint8Array.from(graph.nodes, (node) => (node.verdict === "excluded" ? 0 : 1));
    for (const node of centre) include[node] = 1;
  }
  if (view.mode === "whole") return wholeScene(graph, include);
  return focusScene(graph, { centre, up: view.levels, down: view.levels, cap: FOLD_ABOVE, include, ...unfolding });
}

export function startsOf(graph: Genealogy): number[] {
  const starts = graph.nodes.flatMap((node, i) => (node.role === "start" ? [i] : []));
  return starts.length || !graph.nodes.length ? starts : [0];
}

export const withOpened = (u: Unfolding, fold: string): Unfolding => ({
  ...u, opened: new Map(u.opened).set(fold, (u.opened.get(fold) ?? 0) + 1),
});

export function withClosed(u: Unfolding, fold: string): Unfolding {
  const opened = new Map(u.opened);
  opened.delete(fold);
  return { ...u, opened };
}

export function withToggled(u: Unfolding, ids: readonly string[], on: boolean): Unfolding {
  const expanded = new Set(u.expanded);
  for (const id of ids) {
    if (on) expanded.add(id);
    else expanded.delete(id);
  }
  return { ...u, expanded };
}

export const withPinned = (u: Unfolding, nodes: readonly number[]): Unfolding => ({ ...u, pinned: new Set([...u.pinned, ...nodes]) });
