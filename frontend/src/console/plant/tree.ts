import type { Equipment, EquipmentLevel } from "../../api/production";

export const LEVELS: readonly EquipmentLevel[] = ["area", "line", "work_centre", "equipment"];

export interface Placed {
  row: Equipment;
  depth: number;
}

/** A site's rows in the order of a tree, each under what it belongs to; a search keeps what it finds, and what stands above that. */
export function branches(rows: readonly Equipment[], search = ""): Placed[] {
  const sought = search.trim().toLowerCase();
  const below = new Map<number | null, Equipment[]>();
  const ids = new Set(rows.map(({ id }) => id));
  for (const row of rows) {
    const above = row.parent_id !== null && ids.has(row.parent_id) ? row.parent_id : null;
    below.set(above, [...(below.get(above) ?? []), row]);
  }
  const found = (row: Equipment) => `${row.code} ${row.name_zh} ${row.name_en} ${row.class_name} ${row.uri}`.toLowerCase().includes(sought);
  const walk = (above: number | null, depth: number): Placed[] =>
    (below.get(above) ?? [])
      .toSorted((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) || a.code.localeCompare(b.code))
      .flatMap((row) => {
        const inner = walk(row.id, depth + 1);
        return inner.length > 0 || found(row) ? [{ row, depth }, ...inner] : [];
      });
  return walk(null, 0);
}
