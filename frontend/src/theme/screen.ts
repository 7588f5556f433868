import { useSyncExternalStore } from "react";

/** Widths at which the layout changes shape, in CSS pixels. */
const PHONE = globalThis.matchMedia("(max-width: 767.98px)");
const TABLET = globalThis.matchMedia("(max-width: 1099.98px)");

export type Screen = "phone" | "tablet" | "desktop";

function subscribe(changed: () => void): () => void {
  PHONE.addEventListener("change", changed);
  TABLET.addEventListener("change", changed);
  return () => {
    PHONE.removeEventListener("change", changed);
    TABLET.removeEventListener("change", changed);
  };
}

function current(): Screen {
  if (PHONE.matches) return "phone";
  return TABLET.matches ? "tablet" : "desktop";
}

export function useScreen(): Screen {
  return useSyncExternalStore(subscribe, current);
}
