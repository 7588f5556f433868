import type { RouteBody } from "./model";

export const WIDTH = 190;
export const HEIGHT = 74;
const GAP_X = 90;
const GAP_Y = 42;

export type Places = Record<string, { x: number; y: number }>;

/**
 * Operations in layers from left to right: each one layer after the furthest that leads to it, links that lead back left
 * out. Within a layer, by the middle of what leads there (one pass of the barycentre method of Sugiyama, Tagawa and Toda).
 */
export function layered(route: RouteBody): Places {
  const ids = route.operations.map(({ id }) => id);
  const out = new Map(ids.map((id) => [id, route.links.filter(({ from }) => from === id).map(({ to }) => to).filter((to) => ids.includes(to))]));
  const forward = new Map<string, string[]>(ids.map((id) => [id, []]));
  const state = new Map<string, "open" | "done">();
  const order: string[] = [];
  const visit = (id: string) => {
    state.set(id, "open");
    for (const to of out.get(id) ?? []) {
      if (state.get(to) === "open") continue; // leads back: a rework loop
      forward.get(id)?.push(to);
      if (!state.has(to)) visit(to);
    }
    state.set(id, "done");
    order.unshift(id);
  };
  for (const id of [...route.start, ...ids]) if (ids.includes(id) && !state.has(id)) visit(id);
  const layer = new Map<string, number>(order.map((id) => [id, 0]));
  for (const id of order) for (const to of forward.get(id) ?? []) layer.set(to, Math.max(layer.get(to) ?? 0, (layer.get(id) ?? 0) + 1));
  const rows: string[][] = [];
  for (const id of order) (rows[layer.get(id) ?? 0] ??= []).push(id);
  const height = new Map<string, number>();
  const places: Places = {};
  rows.forEach((row, column) => {
    const middle = (id: string) => {
      const before = ids.filter((from) => forward.get(from)?.includes(id)).map((from) => height.get(from) ?? 0);
      return before.length === 0 ? 0 : before.reduce((sum, each) => sum + each, 0) / before.length;
    };
    const sorted = row.toSorted((a, b) => middle(a) - middle(b));
    sorted.forEach((id, number) => {
      const y = (number - (sorted.length - 1) / 2) * (HEIGHT + GAP_Y);
      height.set(id, y);
      places[id] = { x: column * (WIDTH + GAP_X), y: Math.round(y) };
    });
  });
  return places;
}

/** Where operations stand: as somebody put them, the others as the layers have it. */
export function placed(route: RouteBody): Places {
  const standard = layered(route);
  return Object.fromEntries(route.operations.map(({ id, at }) => [id, at ?? standard[id] ?? { x: 0, y: 0 }]));
}
