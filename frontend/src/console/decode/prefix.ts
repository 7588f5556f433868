import { create } from "zustand";

const STORED = "suyuan.companyPrefixLength";
const SHORTEST = 6;
const LONGEST = 12;

export const PREFIX_LENGTHS: readonly number[] = Array.from({ length: LONGEST - SHORTEST + 1 }, (_, i) => SHORTEST + i);

function stored(): number | null {
  const found = Number(globalThis.localStorage.getItem(STORED));
  return PREFIX_LENGTHS.includes(found) ? found : null;
}

interface Prefix {
  readonly prefix: number | null;
  readonly setPrefix: (prefix: number | null) => void;
}

/** How many digits the company's GS1 prefix has; keys alone do not tell, EPC forms need it. */
export const usePrefix = create<Prefix>((set) => ({
  prefix: stored(),
  setPrefix: (prefix) => {
    if (prefix === null) globalThis.localStorage.removeItem(STORED);
    else globalThis.localStorage.setItem(STORED, String(prefix));
    set({ prefix });
  },
}));
