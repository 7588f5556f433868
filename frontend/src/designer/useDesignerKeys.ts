import { useEffect, useRef } from "react";

export interface DesignerKeys {
  undo: (() => void) | null;
  redo: (() => void) | null;
  save: (() => void) | null;
}

function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));
}

/** Ctrl+Z, Ctrl+Shift+Z or Ctrl+Y, Ctrl+S for a whole designer. Inside a text field undo stays the field's own. */
export function useDesignerKeys(keys: DesignerKeys): void {
  const current = useRef(keys);
  useEffect(() => {
    current.current = keys;
  });
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      const { undo, redo, save } = current.current;
      const action = key === "s" ? save : key === "y" || (key === "z" && event.shiftKey) ? redo : key === "z" ? undo : undefined;
      if (action === undefined || (key !== "s" && typing(event.target))) return;
      event.preventDefault();
      action?.();
    };
    globalThis.addEventListener("keydown", pressed);
    return () => globalThis.removeEventListener("keydown", pressed);
  }, []);
}
