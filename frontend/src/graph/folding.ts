import { i32, item, u32, u8 } from "./access";
import { degree, eachEdge, type Genealogy } from "./model";
import { composeScene, type Hint, type Scene, type SceneNode, single } from "./scene";
import type { Way } from "./walk";

/** What the focus view shows; every part is a value, so equal views give equal scenes. */
export interface FocusView {
  /** Items the view is about. */
  readonly centre: readonly number[];
  /** How many steps to show on each side. */
  readonly up: number;
  readonly down: number;
  /** More alike siblings than this fold into one node. */
  readonly cap: number;
  /** Opened folds, with the number of pages of members to show. */
  readonly opened: ReadonlyMap<string, number>;
  /** Nodes expanded beyond the levels, as `way:key`. */
  readonly expanded: ReadonlySet<string>;
  /** Items that are always drawn on their own (search hits, explained paths). */
  readonly pinned: ReadonlySet<number>;
  /** 1 for items that may be drawn at all; null for all. */
  readonly include: Uint8Array | null;
}

/** Members that one click on an opened fold brings out. */
export const FOLD_PAGE = 16;
/** More nodes than this on one level make the level fold harder. */
const LEVEL_BUDGET = 48;

interface Group {
  readonly parent: number;
  readonly key: string;
  readonly alike: string;
  readonly members: number[];
}

class FocusBuilder {
  readonly nodes: SceneNode[] = [];
  readonly hints: Hint[] = [];
  private readonly home: Int32Array;
  private readonly graph: Genealogy;
  private readonly view: FocusView;

  constructor(graph: Genealogy, view: FocusView) {
    this.graph = graph;
    this.view = view;
    this.home = new Int32Array(graph.nodes.length).fill(-1);
  }

  build(): void {
    const centre = this.view.centre.map((member) => this.add(single(this.graph, member)));
    this.levels(centre, "up", this.view.up);
    this.levels(centre, "down", this.view.down);
    this.expand();
    for (const member of this.view.pinned) {
      if (i32(this.home, member) < 0 && this.allowed(member)) this.add(single(this.graph, member));
    }
    this.shelf();
  }

  /** Excluded items that no drawn link leads to: told by group and reason, beside the picture. */
  private shelf(): void {
    const groups = new Map<string, Group>();
    this.graph.nodes.forEach((node, member) => {
      if (node.verdict !== "excluded" || i32(this.home, member) >= 0 || !this.allowed(member)) return;
      if (degree(this.graph.incoming, member) + degree(this.graph.outgoing, member) > 0) return;
      const alike = `${node.kind}|${node.alike}`;
      const group = groups.get(alike);
      if (group) group.members.push(member);
      else groups.set(alike, { parent: -1, key: `shelf|${alike}`, alike, members: [member] });
    });
    for (const group of groups.values()) this.place(group, "down", 1);
  }

  private allowed(member: number): boolean {
    return !this.view.include || u8(this.view.include, member) === 1;
  }

  private add(node: SceneNode): number {
    const at = this.nodes.push(node) - 1;
    for (const member of node.members) this.home[member] = at;
    return at;
  }

  private levels(start: readonly number[], way: Way, count: number): void {
    let frontier = start;
    for (let level = 0; level < count && frontier.length; level++) {
      frontier = this.level(frontier, way, `${way}${level}`);
    }
  }

  /** Place the next level; fold harder while it would hold too many nodes. */
  private level(frontier: readonly number[], way: Way, name: string): number[] {
    let groups = this.groups(frontier, way);
    let cap = this.view.cap;
    const size = (): number => groups.reduce((sum, group) => sum + (group.members.length > cap ? 1 : group.members.length), 0);
    if (size() > LEVEL_BUDGET) cap = 1;
    if (size() > LEVEL_BUDGET) groups = merged(groups, name);
    return groups.flatMap((group) => this.place(group, way, cap));
  }

  /** Unplaced neighbours of the frontier, grouped by parent and likeness. */
  private groups(frontier: readonly number[], way: Way): Group[] {
    const [side, ends] = way === "up" ? [this.graph.incoming, this.graph.from] : [this.graph.outgoing, this.graph.to];
    const taken = new Set<number>();
    const groups = new Map<string, Group>();
    for (const parent of frontier) {
      const { key, members } = item(this.nodes, parent);
      for (const member of members) {
        eachEdge(side, member, (edge) => {
          const next = u32(ends, edge);
          if (i32(this.home, next) >= 0 || taken.has(next) || !this.allowed(next)) return;
          taken.add(next);
          const node = item(this.graph.nodes, next);
          const own = this.view.pinned.has(next) || node.role === "start" ? `|${node.id}` : "";
          const alike = `${node.kind}|${node.verdict}|${node.alike}${own}`;
          const groupKey = `${way}|${key}|${alike}`;
          const group = groups.get(groupKey);
          if (group) group.members.push(next);
          else groups.set(groupKey, { parent, key: groupKey, alike, members: [next] });
        });
      }
    }
    return [...groups.values()];
  }

  private place(group: Group, way: Way, cap: number): number[] {
    const { members, key } = group;
    const pages = this.view.opened.get(key) ?? 0;
    if (members.length <= cap) return members.map((member) => this.add(single(this.graph, member)));
    const total = members.length;
    const lead = item(members, 0);
    if (!pages) return [this.add({ key, members, lead, fold: { id: key, state: "closed", total }, group: null })];
    const shown = members.slice(0, pages * FOLD_PAGE);
    const placed = shown.map((member) => this.add(single(this.graph, member, key)));
    const rest = this.add({
      key: `${key}|rest`, members: members.slice(shown.length), lead, fold: { id: key, state: "rest", total }, group: key,
    });
    // without an edge of its own the handle would drift away from its group
    if (group.parent >= 0) this.hints.push(way === "up" ? [rest, group.parent] : [group.parent, rest]);
    return members.length > shown.length ? [...placed, rest] : placed;
  }

  /** Nodes that were expanded by hand, also those that only appear through another expansion. */
  private expand(): void {
    const done = new Set<string>();
    for (let changed = true; changed; ) {
      changed = false;
      for (let i = 0; i < this.nodes.length; i++) {
        for (const way of ["up", "down"] as const) {
          const id = `${way}:${item(this.nodes, i).key}`;
          if (done.has(id) || !this.view.expanded.has(id)) continue;
          done.add(id);
          changed = this.level([i], way, id).length > 0 || changed;
        }
      }
    }
  }
}

/** Join groups of alike items across parents; the group moves to the first parent. */
function merged(groups: readonly Group[], level: string): Group[] {
  const joined = new Map<string, Group>();
  for (const group of groups) {
    const key = `${level}|${group.alike}`;
    const found = joined.get(key);
    if (found) found.members.push(...group.members);
    else joined.set(key, { ...group, key, members: [...group.members] });
  }
  return [...joined.values()];
}

/** The neighbourhood of the centre, alike siblings folded. */
export function focusScene(graph: Genealogy, view: FocusView): Scene {
  const builder = new FocusBuilder(graph, view);
  builder.build();
  return composeScene(graph, builder.nodes, view.include, builder.hints);
}

/** A handle that only closes its group: all members are drawn. */
export const isHandle = (node: SceneNode): boolean => node.fold?.state === "rest" && node.members.length === 0;
