/** How a form is arranged: the tabs it has, and what stands side by side in them. */
import type { FieldState } from "./formState";

/** Fields that stand side by side, `columns` of them where there is room. */
export interface Block {
  columns: number;
  fields: readonly FieldState[];
}

export interface Tab {
  /** The field that begins the tab; null for what stands before the first one. */
  field: FieldState["field"] | null;
  fields: readonly FieldState[];
  blocks: readonly Block[];
}

function blocksOf(fields: readonly FieldState[]): Block[] {
  const blocks: { columns: number; fields: FieldState[] }[] = [{ columns: 1, fields: [] }];
  for (const each of fields) {
    if (each.field.kind === "columns") blocks.push({ columns: Math.min(4, Math.max(1, each.field.count ?? 2)), fields: [] });
    else if (each.field.kind === "section") blocks.push({ columns: 1, fields: [each] });
    else blocks.at(-1)?.fields.push(each);
  }
  return blocks.filter((block) => block.fields.length > 0);
}

/** What shows of a form, by tab, in the order of entry; tabs that do not show are left out with their fields. */
export function tabsOf(fields: readonly FieldState[]): Tab[] {
  const tabs: { field: FieldState["field"] | null; fields: FieldState[] }[] = [{ field: null, fields: [] }];
  for (const each of fields.filter(({ visible }) => visible)) {
    if (each.field.kind === "tab") tabs.push({ field: each.field, fields: [] });
    else tabs.at(-1)?.fields.push(each);
  }
  return tabs.filter(({ field, fields: own }) => field !== null || own.length > 0).map((tab) => ({ ...tab, blocks: blocksOf(tab.fields) }));
}
