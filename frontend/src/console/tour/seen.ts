import { create } from "zustand";
import { persist } from "zustand/middleware";

interface Seen {
  /** Tours that were taken or declined, as `person:tour`. */
  seen: readonly string[];
  note: (mark: string) => void;
}

/** Which tours somebody has seen, or does not want, on this device. */
export const useSeenTours = create<Seen>()(
  persist((set) => ({ seen: [], note: (mark) => set(({ seen }) => (seen.includes(mark) ? {} : { seen: [...seen, mark] })) }), { name: "suyuan.tours", version: 1 }),
);
