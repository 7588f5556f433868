/** A row of entries that are dragged about: every entry has an id of its own, which comparisons and merges go by. */
export interface Entry {
  id: string;
}

/** An id that no entry of the row has: `s1`, `s2`… */
export function freshId(entries: readonly Entry[], prefix = "s"): string {
  const taken = new Set(entries.map(({ id }) => id));
  let number = entries.length + 1;
  while (taken.has(`${prefix}${number}`)) number += 1;
  return `${prefix}${number}`;
}

export function inserted<E extends Entry>(entries: readonly E[], entry: E, at: number): E[] {
  return [...entries.slice(0, at), entry, ...entries.slice(at)];
}

export function moved<E extends Entry>(entries: readonly E[], id: string, to: number): E[] {
  const from = entries.findIndex((entry) => entry.id === id);
  const entry = entries[from];
  if (!entry || to < 0 || to >= entries.length || to === from) return [...entries];
  return inserted(entries.filter((each) => each !== entry), entry, to);
}

export function removed<E extends Entry>(entries: readonly E[], id: string): E[] {
  return entries.filter((entry) => entry.id !== id);
}

export function replaced<E extends Entry>(entries: readonly E[], id: string, change: (entry: E) => E): E[] {
  return entries.map((entry) => (entry.id === id ? change(entry) : entry));
}

/** Which entry is chosen after `id` went: the one that took its place, else the one before. */
export function neighbour(entries: readonly Entry[], id: string): string | null {
  const at = entries.findIndex((entry) => entry.id === id);
  return (entries[at + 1] ?? entries[at - 1])?.id ?? null;
}

function ordered(_: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** Whether two JSON documents say the same, in whatever order their members stand. */
export function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one, ordered) === JSON.stringify(other, ordered);
}
