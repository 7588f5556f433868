import { useSyncExternalStore } from "react";

/** Wide enough for the timeline to stand beside the graph. */
const WIDE = globalThis.matchMedia("(min-width: 1200px)");

function subscribe(changed: () => void): () => void {
  WIDE.addEventListener("change", changed);
  return () => WIDE.removeEventListener("change", changed);
}

export const useWide = (): boolean => useSyncExternalStore(subscribe, () => WIDE.matches);
