/** Moving, sizing, turning and aligning boxes on a label; pure, in millimetres. */
import { type Align, changed, type Frame, type LabelDocument, type LabelElement, mm, type Rotation, type Vertical } from "./model";

export type Handle = "n" | "s" | "e" | "w" | "ne" | "nw" | "se" | "sw";
export const HANDLES: readonly Handle[] = ["nw", "n", "ne", "e", "se", "s", "sw", "w"];
const LEAST = 1;

export interface Snapping {
  /** Spacing of the grid; 0 for none. */
  grid: number;
  /** How near an edge must be to stick to another one. */
  reach: number;
}

/** A line that an edge sticks to while it is moved. */
export interface Guide {
  axis: "x" | "y";
  at: number;
}

function onGrid(value: number, grid: number): number {
  return grid > 0 ? Math.round(value / grid) * grid : value;
}

function lines(document: LabelDocument, moving: readonly string[], axis: "x" | "y"): number[] {
  const [from, size, whole] = axis === "x" ? (["x", "w", document.width] as const) : (["y", "h", document.height] as const);
  const others = document.elements.filter(({ id }) => !moving.includes(id));
  return [0, whole / 2, whole, ...others.flatMap((element) => [element[from], element[from] + element[size] / 2, element[from] + element[size]])];
}

/** Find where an interval sticks: the shift to the nearest line for its begin, middle or end, else to the grid. */
function stick(begin: number, size: number, targets: readonly number[], { grid, reach }: Snapping): { shift: number; guide: number | null } {
  let best: { shift: number; guide: number } | null = null;
  for (const part of [0, size / 2, size]) {
    for (const target of targets) {
      const shift = target - (begin + part);
      if (Math.abs(shift) <= reach && (!best || Math.abs(shift) < Math.abs(best.shift))) best = { shift, guide: target };
    }
  }
  return best ?? { shift: onGrid(begin, grid) - begin, guide: null };
}

function within(value: number, size: number, whole: number): number {
  return mm(Math.min(Math.max(0, value), Math.max(0, whole - size)));
}

/** The box around several. */
export function around(frames: readonly Frame[]): Frame {
  const x = Math.min(...frames.map((frame) => frame.x));
  const y = Math.min(...frames.map((frame) => frame.y));
  return { x, y, w: Math.max(...frames.map((frame) => frame.x + frame.w)) - x, h: Math.max(...frames.map((frame) => frame.y + frame.h)) - y };
}

export function movable(document: LabelDocument, ids: readonly string[]): LabelElement[] {
  return document.elements.filter(({ id, locked }) => ids.includes(id) && !locked);
}

/** Move elements together by a distance; with `snapping`, to edges of others or the grid. Nothing leaves the label. */
export function moved(
  document: LabelDocument,
  ids: readonly string[],
  by: { x: number; y: number },
  snapping?: Snapping,
): { document: LabelDocument; guides: Guide[] } {
  const chosen = movable(document, ids);
  if (chosen.length === 0) return { document, guides: [] };
  const all = around(chosen);
  const guides: Guide[] = [];
  const target = { x: all.x + by.x, y: all.y + by.y };
  if (snapping) {
    for (const axis of ["x", "y"] as const) {
      const { shift, guide } = stick(target[axis], axis === "x" ? all.w : all.h, lines(document, ids, axis), snapping);
      target[axis] += shift;
      if (guide !== null) guides.push({ axis, at: guide });
    }
  }
  const dx = within(target.x, all.w, document.width) - all.x;
  const dy = within(target.y, all.h, document.height) - all.y;
  const names = chosen.map(({ id }) => id);
  return { document: changed(document, names, (element) => ({ ...element, x: mm(element.x + dx), y: mm(element.y + dy) })), guides };
}

/** Pull a handle of an element by a distance from where it was in `frame`. */
export function resized(document: LabelDocument, id: string, frame: Frame, handle: Handle, by: { x: number; y: number }, snapping: Snapping): { document: LabelDocument; guides: Guide[] } {
  let { x: left, y: top } = frame;
  let right = frame.x + frame.w;
  let bottom = frame.y + frame.h;
  const guides: Guide[] = [];
  const edge = (value: number, axis: "x" | "y"): number => {
    const { shift, guide } = stick(value, 0, lines(document, [id], axis), snapping);
    if (guide !== null) guides.push({ axis, at: guide });
    return value + shift;
  };
  if (handle.includes("w")) left = Math.min(Math.max(0, edge(left + by.x, "x")), right - LEAST);
  if (handle.includes("e")) right = Math.max(Math.min(document.width, edge(right + by.x, "x")), left + LEAST);
  if (handle.includes("n")) top = Math.min(Math.max(0, edge(top + by.y, "y")), bottom - LEAST);
  if (handle.includes("s")) bottom = Math.max(Math.min(document.height, edge(bottom + by.y, "y")), top + LEAST);
  const next = { x: mm(left), y: mm(top), w: mm(right - left), h: mm(bottom - top) };
  return { document: changed(document, [id], (element) => ({ ...element, ...next })), guides };
}

/** Turn elements a quarter clockwise, each about its middle, kept on the label. */
export function turned(document: LabelDocument, ids: readonly string[]): LabelDocument {
  const names = movable(document, ids).map(({ id }) => id);
  return changed(document, names, (element) => {
    const w = Math.min(element.h, document.width);
    const h = Math.min(element.w, document.height);
    const rotate = (((element.rotate ?? 0) + 90) % 360) as Rotation;
    return {
      ...element,
      rotate,
      w,
      h,
      x: within(element.x + (element.w - w) / 2, w, document.width),
      y: within(element.y + (element.h - h) / 2, h, document.height),
    };
  });
}

/** Align elements with each other; a single one with the label. */
export function aligned(document: LabelDocument, ids: readonly string[], to: Align | Vertical): LabelDocument {
  const chosen = movable(document, ids);
  if (chosen.length === 0) return document;
  const all = chosen.length > 1 ? around(chosen) : { x: 0, y: 0, w: document.width, h: document.height };
  const place = (element: LabelElement): LabelElement => {
    switch (to) {
      case "left":
        return { ...element, x: mm(all.x) };
      case "center":
        return { ...element, x: mm(all.x + (all.w - element.w) / 2) };
      case "right":
        return { ...element, x: mm(all.x + all.w - element.w) };
      case "top":
        return { ...element, y: mm(all.y) };
      case "middle":
        return { ...element, y: mm(all.y + (all.h - element.h) / 2) };
      case "bottom":
        return { ...element, y: mm(all.y + all.h - element.h) };
    }
  };
  return changed(document, chosen.map(({ id }) => id), place);
}

/** Spread three or more elements so that the gaps between them are equal. */
export function spread(document: LabelDocument, ids: readonly string[], axis: "x" | "y"): LabelDocument {
  const size = axis === "x" ? "w" : "h";
  const chosen = movable(document, ids).sort((a, b) => a[axis] - b[axis]);
  if (chosen.length < 3) return document;
  const all = around(chosen);
  const gap = (all[size] - chosen.reduce((sum, element) => sum + element[size], 0)) / (chosen.length - 1);
  let at = all[axis];
  const places = new Map<string, number>();
  for (const element of chosen) {
    places.set(element.id, mm(at));
    at += element[size] + gap;
  }
  return changed(document, [...places.keys()], (element) => ({ ...element, [axis]: places.get(element.id) ?? element[axis] }));
}
