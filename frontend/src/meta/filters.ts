import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";

/** The values of a list's filters, by the server's parameter names; absent means "any". */
export type FilterValues = Partial<Record<string, string>>;

/** Read the named filters out of an address; empty values and unknown names are ignored. */
export function readFilters(search: URLSearchParams, names: readonly string[]): FilterValues {
  const values: FilterValues = {};
  for (const name of names) {
    const value = search.get(name)?.trim();
    if (value) values[name] = value;
  }
  return values;
}

/** The address with the filters changed; whatever else it says stays. */
export function writeFilters(search: URLSearchParams, change: FilterValues): URLSearchParams {
  const next = new URLSearchParams(search);
  for (const [name, value] of Object.entries(change)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  return next;
}

export interface Filters {
  values: FilterValues;
  set: (change: FilterValues) => void;
  clear: () => void;
  active: number;
}

/** Filters that live in the address, so that a link or a reload shows the same list. */
export function useFilters(names: readonly string[]): Filters {
  const [search, setSearch] = useSearchParams();
  const values = useMemo(() => readFilters(search, names), [search, names]);
  const set = useCallback((change: FilterValues) => setSearch((now) => writeFilters(now, change), { replace: true }), [setSearch]);
  const clear = useCallback(
    () => setSearch((now) => writeFilters(now, Object.fromEntries(names.map((name) => [name, ""]))), { replace: true }),
    [setSearch, names],
  );
  const active = Object.keys(values).filter((name) => name !== "sort").length;
  return { values, set, clear, active };
}
