import { create } from "zustand";
import { persist } from "zustand/middleware";

export interface RecentCode {
  readonly code: string;
  readonly label: string;
  readonly kind: string;
}

const MOST = 8;

interface Recent {
  readonly codes: readonly RecentCode[];
  readonly remember: (code: RecentCode) => void;
  readonly clear: () => void;
}

/** Put a code first; the oldest beyond the limit is dropped. */
export const remembered = (codes: readonly RecentCode[], code: RecentCode): readonly RecentCode[] =>
  [code, ...codes.filter((known) => known.code !== code.code)].slice(0, MOST);

/** The codes traced last on this device. */
export const useRecent = create<Recent>()(
  persist(
    (set) => ({
      codes: [],
      remember: (code) => set(({ codes }) => ({ codes: remembered(codes, code) })),
      clear: () => set({ codes: [] }),
    }),
    { name: "suyuan.recentCodes", version: 1 },
  ),
);
