import type { ItemKind, NodeState } from "./model";
import type { Ink, Surface } from "./surface";

/** Corners of a regular polygon around a centre, the first corner at the given turn (in units of a full circle). */
function ring(x: number, y: number, radius: number, corners: number, turn: number): number[] {
  const points: number[] = [];
  for (let i = 0; i < corners; i++) {
    const angle = (turn + i / corners) * Math.PI * 2;
    points.push(x + Math.cos(angle) * radius, y + Math.sin(angle) * radius);
  }
  return points;
}

/** The outline that stands for a kind: it tells kinds apart without colour. */
export function drawKindShape(to: Surface, kind: ItemKind, x: number, y: number, radius: number, ink: Ink): void {
  if (kind === "unit") to.circle(x, y, radius, ink);
  else if (kind === "lot") to.polygon(ring(x, y, radius * 1.1, 6, 1 / 12), ink);
  else if (kind === "carrier") to.rect(x - radius * 0.94, y - radius * 0.94, radius * 1.88, radius * 1.88, radius * 0.3, ink);
  else if (kind === "asset") to.polygon(ring(x, y, radius * 1.24, 4, 0), ink);
  else to.polygon(ring(x, y, radius * 1.14, 5, -1 / 4), ink);
}

/** A small round sign for a state: shape of the stroke and colour both differ. */
export function drawStateSign(to: Surface, state: NodeState, x: number, y: number, colour: string, paper: string): void {
  to.circle(x, y, 8, { fill: colour, stroke: paper, width: 2 });
  const stroke: Ink = { stroke: paper, width: 1.8 };
  const line = (x0: number, y0: number, x1: number, y1: number): void =>
    to.curve([x + x0, y + y0], [x + x0, y + y0, x + x1, y + y1, x + x1, y + y1], stroke);
  if (state === "held") {
    line(-2, -3, -2, 3);
    line(2, -3, 2, 3);
  } else if (state === "scrapped") {
    line(-3, -3, 3, 3);
    line(3, -3, -3, 3);
  } else if (state === "shipped") {
    line(-3.5, 0, 3.5, 0);
    line(0.5, -3, 3.5, 0);
    line(0.5, 3, 3.5, 0);
  } else if (state === "consumed") line(-3.5, 0, 3.5, 0);
  else if (state === "rework") {
    to.curve([x + 3.2, y], [x + 3.2, y - 4.4, x - 3.2, y - 4.4, x - 3.2, y, x - 3.2, y + 3, x - 1, y + 3.4, x + 1, y + 3.2], stroke);
  } else {
    line(-3.4, 0, -0.8, 2.8);
    line(-0.8, 2.8, 3.6, -2.6);
  }
}

/** An exclamation mark in a triangle: a broken link is reported here. */
export function drawGapSign(to: Surface, x: number, y: number, colour: string, paper: string): void {
  to.polygon([x, y - 9, x + 9, y + 7, x - 9, y + 7], { fill: colour, stroke: paper, width: 1.6 });
  to.curve([x, y - 3], [x, y - 3, x, y + 1, x, y + 1], { stroke: paper, width: 1.8 });
  to.circle(x, y + 4, 1.1, { fill: paper });
}
