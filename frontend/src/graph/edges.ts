import { f32, f64, u32, u8 } from "./access";
import { type Layout, NODE_HEIGHT, NODE_WIDTH } from "./layout/types";
import type { Drawing } from "./cards";
import { MARK } from "./look";
import type { Scene } from "./scene";
import type { Ink, Surface } from "./surface";

export interface EdgePath {
  readonly start: readonly [number, number];
  /** Cubic segments, six numbers each. */
  readonly cubics: readonly number[];
}

const link = (x0: number, y0: number, x1: number, y1: number): number[] => {
  const reach = Math.max(18, (x1 - x0) / 2);
  return [x0 + reach, y0, x1 - reach, y1, x1, y1];
};

/** The curve of one edge: from the right side of the source through its bends to the left side of the target. */
export function edgePath(scene: Scene, layout: Layout, edge: number): EdgePath {
  const from = u32(scene.from, edge);
  const to = u32(scene.to, edge);
  const x0 = f32(layout.x, from) + NODE_WIDTH;
  const y0 = f32(layout.y, from) + NODE_HEIGHT / 2;
  const x1 = f32(layout.x, to);
  const y1 = f32(layout.y, to) + NODE_HEIGHT / 2;
  if (u8(layout.back, edge)) return backPath(x0, y0, x1, y1);
  const cubics: number[] = [];
  let x = x0;
  let y = y0;
  for (let i = u32(layout.bendOffsets, edge); i < u32(layout.bendOffsets, edge + 1); i += 4) {
    const bx = f32(layout.bends, i);
    const by = f32(layout.bends, i + 1);
    const ex = f32(layout.bends, i + 2);
    cubics.push(...link(x, y, bx, by), bx, by, ex, by, ex, by);
    x = ex;
    y = by;
  }
  cubics.push(...link(x, y, x1, y1));
  return { start: [x0, y0], cubics };
}

/** An edge that closes a cycle leaves to the right, swings over the top and comes in from the left. */
function backPath(x0: number, y0: number, x1: number, y1: number): EdgePath {
  const top = Math.min(y0, y1) - NODE_HEIGHT * 1.6;
  return { start: [x0, y0], cubics: [x0 + 70, y0, x0 + 70, top, (x0 + x1) / 2, top, x1 - 70, top, x1 - 70, y1, x1, y1] };
}

/** Hints are for the layout only; what has not happened yet is not drawn. */
export function edgeDrawn(scene: Scene, edge: number, until: number): boolean {
  return u32(scene.weights, edge) > 0 && !(f64(scene.times, edge) > until) &&
    nodeDrawn(scene, u32(scene.from, edge), until) && nodeDrawn(scene, u32(scene.to, edge), until);
}

export const nodeDrawn = (scene: Scene, node: number, until: number): boolean => !(f64(scene.since, node) > until);

/** Colour, width and dash of an edge; marked edges are drawn over the others. */
export function edgeInk({ scene, layout, look, theme }: Drawing, edge: number): Ink {
  const mark = u8(look.edges, edge);
  const verdict = u8(scene.verdicts, edge);
  const dash = verdict === 1 ? [7, 5] : verdict === 2 ? [2, 4] : undefined;
  const bundle = Math.min(4, 1.3 + Math.log2(Math.max(1, u32(scene.weights, edge))) * 0.35);
  if (mark) {
    const stroke = mark & MARK.path ? theme.path : mark & MARK.up ? theme.up : theme.down;
    return { stroke, width: Math.max(bundle, mark & MARK.path ? 3 : 2), dash };
  }
  if (u8(layout.back, edge)) return { stroke: look.traced ? theme.edgeFaint : theme.faint, width: bundle, dash: [4, 4] };
  const faint = look.traced || verdict === 2;
  return { stroke: faint ? theme.edgeFaint : theme.edge, width: bundle, dash };
}

/** One edge with its arrow head. */
export function drawEdge(to: Surface, drawing: Drawing, edge: number): void {
  const { start, cubics } = edgePath(drawing.scene, drawing.layout, edge);
  const ink = edgeInk(drawing, edge);
  to.curve(start, cubics, ink);
  const x = cubics[cubics.length - 2] ?? 0;
  const y = cubics[cubics.length - 1] ?? 0;
  const size = 3.2 + (ink.width ?? 1);
  to.polygon([x, y, x - size * 1.6, y - size, x - size * 1.6, y + size], { fill: ink.stroke, opacity: ink.opacity });
}
