import type { Box } from "./spatial";

export const MIN_SCALE = 0.004;
export const MAX_SCALE = 3;

/** The view: screen = world · k + (tx, ty), in CSS pixels. Values, never changed in place. */
export interface Camera {
  readonly k: number;
  readonly tx: number;
  readonly ty: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

const clamp = (k: number): number => Math.min(MAX_SCALE, Math.max(MIN_SCALE, k));

export const pan = (camera: Camera, dx: number, dy: number): Camera => ({ k: camera.k, tx: camera.tx + dx, ty: camera.ty + dy });

/** Zoom by a factor with the screen point (x, y) staying where it is. */
export function zoomAt(camera: Camera, factor: number, x: number, y: number): Camera {
  const k = clamp(camera.k * factor);
  const f = k / camera.k;
  return { k, tx: x - (x - camera.tx) * f, ty: y - (y - camera.ty) * f };
}

export const toWorld = (camera: Camera, x: number, y: number): readonly [number, number] => [
  (x - camera.tx) / camera.k, (y - camera.ty) / camera.k,
];

/** The part of the world on screen, grown by `margin` CSS pixels. */
export const viewBox = (camera: Camera, size: Size, margin = 0): Box => ({
  x0: (-margin - camera.tx) / camera.k,
  y0: (-margin - camera.ty) / camera.k,
  x1: (size.width + margin - camera.tx) / camera.k,
  y1: (size.height + margin - camera.ty) / camera.k,
});

/** The camera that shows the whole box, not larger than `most`. */
export function fitBox(box: Box, size: Size, most = 1, padding = 28): Camera {
  const width = Math.max(1, box.x1 - box.x0);
  const height = Math.max(1, box.y1 - box.y0);
  const room = (length: number): number => Math.max(40, length - padding * 2);
  const k = clamp(Math.min(most, room(size.width) / width, room(size.height) / height));
  return { k, tx: (size.width - (box.x0 + box.x1) * k) / 2, ty: (size.height - (box.y0 + box.y1) * k) / 2 };
}

/** The camera that brings a world point to the middle. */
export const centreOn = (x: number, y: number, k: number, size: Size): Camera => ({
  k: clamp(k), tx: size.width / 2 - x * clamp(k), ty: size.height / 2 - y * clamp(k),
});

/** A point on the way between two cameras; the scale moves geometrically so that zooming feels even. */
export function between(a: Camera, b: Camera, t: number, size: Size): Camera {
  const k = a.k * (b.k / a.k) ** t;
  const cx = (camera: Camera): number => (size.width / 2 - camera.tx) / camera.k;
  const cy = (camera: Camera): number => (size.height / 2 - camera.ty) / camera.k;
  // the world centre moves with the scale's progress, else a long zoom out swings
  const f = Math.abs(b.k - a.k) < 1e-9 ? t : (1 / k - 1 / a.k) / (1 / b.k - 1 / a.k);
  return centreOn(cx(a) + (cx(b) - cx(a)) * f, cy(a) + (cy(b) - cy(a)) * f, k, size);
}
