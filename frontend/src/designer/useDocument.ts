import { useCallback, useState } from "react";

import { same } from "./entries";
import { begin, canRedo, canUndo, edit, type History, redo, undo } from "./history";

export interface EditedDocument<Document> {
  document: Document;
  /** Edits with the same tag that follow each other are one step of undo. */
  change: (next: Document, tag?: string) => void;
  undo: (() => void) | null;
  redo: (() => void) | null;
  dirty: boolean;
  /** What the server has now: where it differs from the screen (an old version taken back), the screen follows. */
  follow: (saved: Document) => void;
}

interface State<Document> {
  history: History<Document>;
  saved: Document;
}

/** A document under edit, with undo and redo, and whether it differs from what was saved. */
export function useDocument<Document>(initial: Document): EditedDocument<Document> {
  const [{ history, saved }, setState] = useState<State<Document>>({ history: begin(initial), saved: initial });
  const step = (next: (history: History<Document>) => History<Document>) => setState((state) => ({ ...state, history: next(state.history) }));
  const change = useCallback((next: Document, tag?: string) => setState((state) => ({ ...state, history: edit(state.history, next, tag ?? null) })), []);
  const follow = useCallback(
    (now: Document) => setState((state) => (same(state.history.present, now) ? { ...state, saved: now } : { history: begin(now), saved: now })),
    [],
  );
  return {
    document: history.present,
    change,
    undo: canUndo(history) ? () => step(undo) : null,
    redo: canRedo(history) ? () => step(redo) : null,
    dirty: !same(history.present, saved),
    follow,
  };
}
