import { f32, i32, item, u32, u8 } from "./access";
import { NODE_HEIGHT } from "./layout/types";
import type { Layout } from "./layout/types";
import { eachEdge } from "./model";
import type { Scene } from "./scene";

export type Arrow = "left" | "right" | "up" | "down";

/**
 * The node an arrow key leads to: left and right follow edges to what went in and what came out (the straightest
 * one), up and down go to the next node in the same column. Returns `node` itself at the end of the line.
 */
export function neighbour(scene: Scene, layout: Layout, node: number, arrow: Arrow): number {
  if (arrow === "left" || arrow === "right") {
    const side = arrow === "left" ? scene.incoming : scene.outgoing;
    const ends = arrow === "left" ? scene.from : scene.to;
    let best = node;
    let least = Infinity;
    eachEdge(side, node, (edge) => {
      if (u8(layout.back, edge)) return;
      const other = u32(ends, edge);
      const turn = Math.abs(f32(layout.y, other) - f32(layout.y, node));
      if (turn >= least) return;
      least = turn;
      best = other;
    });
    return best;
  }
  const sign = arrow === "down" ? 1 : -1;
  let best = node;
  let least = Infinity;
  for (let other = 0; other < scene.nodes.length; other++) {
    if (other === node || i32(layout.rank, other) !== i32(layout.rank, node)) continue;
    const dy = (f32(layout.y, other) - f32(layout.y, node)) * sign;
    // wrapped columns: the next cell to the side counts as a small step
    const dx = Math.abs(f32(layout.x, other) - f32(layout.x, node));
    const distance = dy + dx * 2;
    if (dy < NODE_HEIGHT / 2 || distance >= least) continue;
    least = distance;
    best = other;
  }
  return best;
}

export type Command =
  | { readonly do: "move"; readonly arrow: Arrow }
  | { readonly do: "open" }
  | { readonly do: "toggle" }
  | { readonly do: "fit" }
  | { readonly do: "search" }
  | { readonly do: "clear" }
  | { readonly do: "nextHit" }
  | { readonly do: "previousHit" }
  | { readonly do: "zoom"; readonly factor: number };

const ARROWS: Readonly<Record<string, Arrow>> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
const PLAIN: Readonly<Record<string, Command>> = {
  Enter: { do: "open" }, " ": { do: "toggle" }, "0": { do: "fit" }, "/": { do: "search" }, Escape: { do: "clear" },
  "+": { do: "zoom", factor: 1.25 }, "=": { do: "zoom", factor: 1.25 }, "-": { do: "zoom", factor: 0.8 }, n: { do: "nextHit" },
  N: { do: "previousHit" },
};

/** What a key press means to the viewer; null for keys that are not the viewer's. */
export function commandOf(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">): Command | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const arrow = ARROWS[event.key];
  return arrow ? { do: "move", arrow } : (PLAIN[event.key] ?? null);
}

/** The node to start from when nothing is selected: the first of the question, else the first drawn. */
export function firstNode(scene: Scene): number {
  const start = scene.nodes.findIndex((node) => item(scene.genealogy.nodes, node.lead).role === "start");
  return start >= 0 ? start : scene.nodes.length ? 0 : -1;
}
