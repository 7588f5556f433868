import { f32 } from "./access";
import { between, type Camera, type Size } from "./camera";
import type { Layout } from "./layout/types";
import type { Scene } from "./scene";

const ease = (t: number): number => 1 - (1 - t) ** 3;

/** A camera on its way. */
export interface Flight {
  readonly from: Camera;
  readonly to: Camera;
  readonly start: number;
  readonly length: number;
}

/** Where the flight is at `now`, and whether it has arrived. */
export function flightAt(flight: Flight, now: number, size: Size): readonly [Camera, boolean] {
  const t = Math.min(1, Math.max(0, (now - flight.start) / flight.length));
  return t >= 1 ? [flight.to, true] : [between(flight.from, flight.to, ease(t), size), false];
}

/** Nodes on their way from an old layout to a new one. */
export interface Morph {
  readonly fromX: Float32Array;
  readonly fromY: Float32Array;
  readonly target: Layout;
  readonly start: number;
  readonly length: number;
}

/** More nodes than this jump: moving them all would cost more than it explains. */
const MORPH_LIMIT = 220;

/** From where each node comes: its old place, the place of the fold it came out of, or its new place. */
export function morphFrom(before: Scene, old: Layout, after: Scene, target: Layout, shift: readonly [number, number], start: number): Morph | null {
  if (after.nodes.length > MORPH_LIMIT || before.nodes.length > MORPH_LIMIT) return null;
  const places = new Map(before.nodes.map((node, i) => [node.key, i]));
  const folded = new Map(before.nodes.flatMap((node, i) => (node.fold ? node.members.map((m) => [m, i] as const) : [])));
  const fromX = target.x.slice();
  const fromY = target.y.slice();
  after.nodes.forEach((node, i) => {
    const was = places.get(node.key) ?? folded.get(node.lead);
    if (was === undefined) return;
    fromX[i] = f32(old.x, was) + shift[0];
    fromY[i] = f32(old.y, was) + shift[1];
  });
  const moved = fromX.some((x, i) => Math.abs(x - f32(target.x, i)) + Math.abs(f32(fromY, i) - f32(target.y, i)) > 2);
  return moved ? { fromX, fromY, target, start, length: 260 } : null;
}

/** The layout at `now` and whether the nodes have arrived. Edges run straight while their ends move. */
export function morphAt(morph: Morph, now: number): readonly [Layout, boolean] {
  const t = Math.min(1, Math.max(0, (now - morph.start) / morph.length));
  const { target } = morph;
  if (t >= 1) return [target, true];
  const f = ease(t);
  const mix = (a: Float32Array, b: Float32Array): Float32Array => b.map((end, i) => f32(a, i) + (end - f32(a, i)) * f);
  const x = mix(morph.fromX, target.x);
  const y = mix(morph.fromY, target.y);
  return [{ ...target, x, y, bendOffsets: new Uint32Array(target.bendOffsets.length), bends: new Float32Array(0) }, false];
}
