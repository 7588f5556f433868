/** What keys do to the chosen elements. */
import type { KeyboardEvent } from "react";

import { moved, turned } from "./geometry";
import { type LabelDocument, without } from "./model";

const ARROWS: Record<string, { x: number; y: number }> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

export interface KeyMove {
  document: LabelDocument;
  step?: string;
  cleared?: boolean;
}

/** Arrows nudge by the grid, with Shift by ten millimetres, with Alt by a tenth; R turns, Delete removes. */
export function keyMove(document: LabelDocument, selected: readonly string[], event: Pick<KeyboardEvent, "key" | "shiftKey" | "altKey" | "ctrlKey" | "metaKey">, grid: number): KeyMove | null {
  if (selected.length === 0 || event.ctrlKey || event.metaKey) return null;
  const direction = ARROWS[event.key];
  if (direction) {
    const by = event.altKey ? 0.1 : event.shiftKey ? 10 : grid || 0.5;
    return { document: moved(document, selected, { x: direction.x * by, y: direction.y * by }).document, step: `nudge ${selected.join()}` };
  }
  if (event.key === "Delete" || event.key === "Backspace") return { document: without(document, selected), cleared: true };
  if (event.key.toLowerCase() === "r") return { document: turned(document, selected) };
  return null;
}
