import { useSyncExternalStore } from "react";
import { create } from "zustand";
import { persist } from "zustand/middleware";

export type Mode = "auto" | "light" | "dark";

interface Appearance {
  mode: Mode;
  siderCollapsed: boolean;
  setMode: (mode: Mode) => void;
  setSiderCollapsed: (collapsed: boolean) => void;
}

/** How the console looks on this device. */
export const useAppearance = create<Appearance>()(
  persist(
    (set) => ({
      mode: "auto",
      siderCollapsed: false,
      setMode: (mode) => set({ mode }),
      setSiderCollapsed: (siderCollapsed) => set({ siderCollapsed }),
    }),
    { name: "suyuan.appearance", version: 1 },
  ),
);

const system = globalThis.matchMedia("(prefers-color-scheme: dark)");

function subscribe(changed: () => void): () => void {
  system.addEventListener("change", changed);
  return () => system.removeEventListener("change", changed);
}

const still = globalThis.matchMedia("(prefers-reduced-motion: reduce)");

function subscribeStill(changed: () => void): () => void {
  still.addEventListener("change", changed);
  return () => still.removeEventListener("change", changed);
}

/** Whether the reader asked the system for less motion. */
export function useStill(): boolean {
  return useSyncExternalStore(subscribeStill, () => still.matches);
}

/** Whether the page is dark now; "auto" follows the system as it changes. */
export function useDark(): boolean {
  const mode = useAppearance((state) => state.mode);
  const systemDark = useSyncExternalStore(subscribe, () => system.matches);
  return mode === "auto" ? systemDark : mode === "dark";
}
