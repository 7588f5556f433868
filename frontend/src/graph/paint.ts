import { f32, item, u32, u8 } from "./access";
import { type Camera, type Size, viewBox } from "./camera";
import { type Drawing, drawCard } from "./cards";
import { drawEdge, edgeDrawn, nodeDrawn } from "./edges";
import { NODE_HEIGHT, NODE_WIDTH } from "./layout/types";
import { MARK } from "./look";
import { ITEM_KINDS, type ItemKind } from "./model";
import { leadOf } from "./scene";
import type { Box, SpatialIndex } from "./spatial";
import { CanvasSurface, type TextMeasure } from "./surface";

/** Levels of detail, by scale: full cards, cards with one large line, coloured blocks, dots. */
export const FULL_ABOVE = 0.66;
export const LABEL_ABOVE = 0.3;
export const BLOCK_ABOVE = 0.09;

/** More edges than this in one picture only add grey: an even sample of them is drawn. */
const EDGE_LIMIT = 3500;
const MARKED_LIMIT = 3000;
/** Among cards more edges than this hide what they connect: those that only pass by are left out. */
const PASSING_LIMIT = 240;
const NEAR_LIMIT = 800;

/** Cost of a card and of a curved edge, in units of one small rectangle (measured with software rendering). */
export const CARD_WORK = 12;
export const EDGE_WORK = 20;

export interface Target {
  readonly cx: CanvasRenderingContext2D;
  readonly camera: Camera;
  readonly size: Size;
  /** Device pixels per CSS pixel. */
  readonly ratio: number;
}

/**
 * Paint the picture in portions. Each `yield` gives the work done since the last one, in units of about one small
 * filled rectangle, so that the caller can stop when a frame is full and go on in the next.
 */
export function* paint(target: Target, drawing: Drawing, index: SpatialIndex | null, measure: TextMeasure): Generator<number, void, void> {
  const { cx, camera, size, ratio } = target;
  cx.setTransform(1, 0, 0, 1, 0, 0);
  cx.globalAlpha = 1;
  cx.fillStyle = drawing.theme.background;
  cx.fillRect(0, 0, size.width * ratio, size.height * ratio);
  cx.setTransform(ratio * camera.k, 0, 0, ratio * camera.k, ratio * camera.tx, ratio * camera.ty);
  const box = viewBox(camera, size, 12);
  yield 40;
  const nodes = visibleNodes(drawing, index, box);
  yield nodes.length / 20;
  if (camera.k >= LABEL_ABOVE) {
    const surface = new CanvasSurface(cx, measure);
    yield* nearEdges(surface, drawing, box);
    const detail = camera.k >= FULL_ABOVE ? "full" : Math.round(Math.min(24, Math.max(15, 10 / camera.k)));
    for (const node of nodes) {
      drawCard(surface, drawing, node, detail);
      yield CARD_WORK;
    }
    return;
  }
  yield* farEdges(cx, camera, drawing, box);
  yield* blocks(target, drawing, nodes);
}

function visibleNodes(drawing: Drawing, index: SpatialIndex | null, box: Box): number[] {
  const { scene, look } = drawing;
  const nodes: number[] = [];
  const take = (node: number): void => {
    if (touches(drawing, node, box) && nodeDrawn(scene, node, look.until)) nodes.push(node);
  };
  if (index) index.visit(box, take);
  else for (let node = 0; node < scene.nodes.length; node++) take(node);
  return nodes;
}

function touches({ layout }: Drawing, node: number, box: Box): boolean {
  const x = f32(layout.x, node);
  const y = f32(layout.y, node);
  return x <= box.x1 && y <= box.y1 && x + NODE_WIDTH >= box.x0 && y + NODE_HEIGHT >= box.y0;
}

/** Whether an edge may cross the box, judged by the rectangle its ends span. */
function edgeNear({ scene, layout }: Drawing, edge: number, box: Box): boolean {
  const from = u32(scene.from, edge);
  const to = u32(scene.to, edge);
  const xa = f32(layout.x, from) + NODE_WIDTH;
  const xb = f32(layout.x, to);
  const ya = f32(layout.y, from);
  const yb = f32(layout.y, to);
  if (Math.max(xa, xb) < box.x0 || Math.min(xa, xb) > box.x1) return false;
  const bent = u32(layout.bendOffsets, edge + 1) > u32(layout.bendOffsets, edge) || u8(layout.back, edge) === 1;
  return bent || (Math.max(ya, yb) + NODE_HEIGHT >= box.y0 && Math.min(ya, yb) <= box.y1);
}

function visibleEdges(drawing: Drawing, box: Box): { plain: number[]; marked: number[] } {
  const plain: number[] = [];
  const marked: number[] = [];
  const { scene, look } = drawing;
  for (let edge = 0; edge < scene.from.length; edge++) {
    if (!edgeNear(drawing, edge, box) || !edgeDrawn(scene, edge, look.until)) continue;
    (u8(look.edges, edge) ? marked : plain).push(edge);
  }
  return { plain, marked };
}

/** Every n-th of the list, never more than `limit`. */
const sampled = (list: readonly number[], limit: number): readonly number[] => {
  const stride = Math.ceil(list.length / limit);
  return stride > 1 ? list.filter((_, i) => i % stride === 0) : list;
};

function* nearEdges(surface: CanvasSurface, drawing: Drawing, box: Box): Generator<number, void, void> {
  const { plain, marked } = visibleEdges(drawing, box);
  yield drawing.scene.from.length / 60;
  const ends = (edge: number): boolean => touches(drawing, u32(drawing.scene.from, edge), box) || touches(drawing, u32(drawing.scene.to, edge), box);
  const fair = (list: readonly number[]): readonly number[] => (list.length > PASSING_LIMIT ? list.filter(ends) : list);
  for (const edge of sampled(fair(plain), NEAR_LIMIT)) {
    drawEdge(surface, drawing, edge);
    yield EDGE_WORK;
  }
  const isPath = (edge: number): boolean => (u8(drawing.look.edges, edge) & MARK.path) > 0;
  const front = sampled(fair(marked), NEAR_LIMIT);
  for (const edge of [...front.filter((e) => !isPath(e)), ...front.filter(isPath)]) {
    drawEdge(surface, drawing, edge);
    yield EDGE_WORK;
  }
}

const PORTION = 150;

function* farEdges(cx: CanvasRenderingContext2D, camera: Camera, drawing: Drawing, box: Box): Generator<number, void, void> {
  const { plain, marked } = visibleEdges(drawing, box);
  yield drawing.scene.from.length / 60;
  const { theme, look } = drawing;
  const alpha = camera.k < BLOCK_ABOVE ? 0.28 : 0.6;
  yield* lines(cx, drawing, sampled(plain, EDGE_LIMIT), look.traced ? theme.edgeFaint : theme.edge, 1 / camera.k, alpha);
  const of = (bit: number, without: number): number[] =>
    marked.filter((edge) => u8(look.edges, edge) & bit && !(u8(look.edges, edge) & without));
  const wide = 1.2 / camera.k;
  yield* lines(cx, drawing, sampled(of(MARK.up, MARK.path), MARKED_LIMIT / 2), theme.up, wide, 0.5);
  yield* lines(cx, drawing, sampled(of(MARK.down, MARK.path | MARK.up), MARKED_LIMIT / 2), theme.down, wide, 0.5);
  yield* lines(cx, drawing, of(MARK.path, 0), theme.path, 3 / camera.k, 1);
}

function* lines(cx: CanvasRenderingContext2D, { scene, layout }: Drawing, edges: readonly number[], colour: string,
  width: number, alpha: number): Generator<number, void, void> {
  for (let first = 0; first < edges.length; first += PORTION) {
    cx.beginPath();
    for (const edge of edges.slice(first, first + PORTION)) {
      const from = u32(scene.from, edge);
      const to = u32(scene.to, edge);
      cx.moveTo(f32(layout.x, from) + NODE_WIDTH, f32(layout.y, from) + NODE_HEIGHT / 2);
      cx.lineTo(f32(layout.x, to), f32(layout.y, to) + NODE_HEIGHT / 2);
    }
    cx.globalAlpha = alpha;
    cx.strokeStyle = colour;
    cx.lineWidth = width;
    cx.stroke();
    cx.globalAlpha = 1;
    yield PORTION * 4;
  }
}

/** Nodes as coloured blocks, sorted into buckets of equal colour; dots that fall on the same pixels are drawn once. */
function* blocks(target: Target, drawing: Drawing, nodes: readonly number[]): Generator<number, void, void> {
  const { cx, camera } = target;
  const { look, theme, layout } = drawing;
  const least = 1.4 / camera.k;
  const width = Math.max(NODE_WIDTH, least);
  const height = Math.max(NODE_HEIGHT, least);
  for (const [key, bucket] of buckets(target, drawing, nodes)) {
    const [kind, verdict, dim] = key.split("/") as [ItemKind, string, string];
    cx.globalAlpha = dim === "1" ? 0.16 : verdict === "possible" ? 0.55 : 1;
    cx.fillStyle = verdict === "excluded" ? theme.faint : theme.kinds[kind];
    for (let i = 0; i < bucket.length; i++) {
      const node = item(bucket, i);
      cx.fillRect(f32(layout.x, node), f32(layout.y, node), width, height);
      if (i % PORTION === PORTION - 1) yield PORTION;
    }
    cx.globalAlpha = 1;
    yield bucket.length % PORTION;
  }
  for (const node of nodes) emphasise(cx, camera, drawing, node);
  yield look.traced ? nodes.length / 10 : 20;
}

function buckets({ camera, size }: Target, drawing: Drawing, nodes: readonly number[]): Map<string, number[]> {
  const { scene, look, layout } = drawing;
  const found = new Map<string, number[]>();
  const columns = Math.ceil(size.width) + 2;
  const taken = camera.k < BLOCK_ABOVE / 2 ? new Uint8Array(columns * (Math.ceil(size.height) + 2)) : null;
  const lists = new Map<number, number[]>();
  for (const node of nodes) {
    if (taken) {
      const px = Math.round(f32(layout.x, node) * camera.k + camera.tx) + 1;
      const py = Math.round(f32(layout.y, node) * camera.k + camera.ty) + 1;
      const cell = py * columns + px;
      if (taken[cell]) continue;
      taken[cell] = 1;
    }
    const lead = leadOf(scene, node);
    const dim = look.traced && !u8(look.nodes, node) ? 1 : 0;
    const code = ITEM_KINDS.indexOf(lead.kind) * 8 + (lead.verdict === "certain" ? 0 : lead.verdict === "possible" ? 2 : 4) + dim;
    let list = lists.get(code);
    if (!list) {
      list = [];
      lists.set(code, list);
      found.set(`${lead.kind}/${lead.verdict}/${dim}`, list);
    }
    list.push(node);
  }
  return found;
}

/** What must be seen at any scale: the selection, hits, the start, broken links. */
function emphasise(cx: CanvasRenderingContext2D, camera: Camera, drawing: Drawing, node: number): void {
  const { look, theme, layout, scene } = drawing;
  const lead = leadOf(scene, node);
  const hit = (u8(look.nodes, node) & MARK.match) > 0;
  const colour = node === look.selected || lead.role === "start" ? theme.accent : hit ? theme.match : lead.gap ? theme.warning : null;
  if (!colour) return;
  const grow = (node === look.selected || node === look.current ? 7 : 3) / camera.k;
  cx.fillStyle = colour;
  cx.globalAlpha = 0.9;
  cx.fillRect(f32(layout.x, node) - grow / 2, f32(layout.y, node) - grow / 2, NODE_WIDTH + grow, NODE_HEIGHT + grow);
  cx.globalAlpha = 1;
}
