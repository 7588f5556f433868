/** Undo and redo over whole documents: they are small, and unchanged parts are shared. */
import { useCallback, useReducer } from "react";

export interface History<T> {
  past: readonly T[];
  present: T;
  future: readonly T[];
  /** What the last change was of: further changes of the same thing are one step. */
  step: string | null;
}

export type Move<T> = { kind: "change"; next: T; step?: string } | { kind: "undo" } | { kind: "redo" } | { kind: "reset"; next: T };
const LONGEST = 200;

export function begin<T>(present: T): History<T> {
  return { past: [], present, future: [], step: null };
}

export function advance<T>(history: History<T>, move: Move<T>): History<T> {
  const { past, present, future } = history;
  switch (move.kind) {
    case "reset":
      return begin(move.next);
    case "change": {
      if (move.next === present) return history;
      const same = move.step !== undefined && move.step === history.step;
      return { past: same ? past : [...past, present].slice(-LONGEST), present: move.next, future: [], step: move.step ?? null };
    }
    case "undo": {
      const before = past.at(-1);
      return before === undefined ? history : { past: past.slice(0, -1), present: before, future: [present, ...future], step: null };
    }
    case "redo": {
      const [after, ...rest] = future;
      return after === undefined ? history : { past: [...past, present], present: after, future: rest, step: null };
    }
  }
}

export function useHistory<T>(initial: T) {
  const [history, move] = useReducer(advance<T>, initial, begin<T>);
  const change = useCallback((next: T, step?: string) => move({ kind: "change", next, ...(step === undefined ? {} : { step }) }), []);
  const undo = useCallback(() => move({ kind: "undo" }), []);
  const redo = useCallback(() => move({ kind: "redo" }), []);
  const reset = useCallback((next: T) => move({ kind: "reset", next }), []);
  return { present: history.present, canUndo: history.past.length > 0, canRedo: history.future.length > 0, change, undo, redo, reset };
}
