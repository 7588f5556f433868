/** Undo and redo over whole documents. Edits with one `tag` that follow each other (typing in one field) are one step. */
export interface History<Document> {
  past: readonly Document[];
  present: Document;
  future: readonly Document[];
  tag: string | null;
}

const MOST = 200;

export function begin<Document>(present: Document): History<Document> {
  return { past: [], present, future: [], tag: null };
}

export function edit<Document>(history: History<Document>, next: Document, tag: string | null = null): History<Document> {
  if (next === history.present) return history;
  if (tag !== null && tag === history.tag) return { ...history, present: next, future: [] };
  return { past: [...history.past, history.present].slice(-MOST), present: next, future: [], tag };
}

export function undo<Document>(history: History<Document>): History<Document> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return { past: history.past.slice(0, -1), present: before, future: [history.present, ...history.future], tag: null };
}

export function redo<Document>(history: History<Document>): History<Document> {
  const [after, ...future] = history.future;
  if (after === undefined) return history;
  return { past: [...history.past, history.present], present: after, future, tag: null };
}

export function canUndo(history: History<unknown>): boolean {
  return history.past.length > 0;
}
export function canRedo(history: History<unknown>): boolean {
  return history.future.length > 0;
}
