import type { AuditRow } from "../../api/contract";

export interface Change {
  field: string;
  before: unknown;
  after: unknown;
}

/** The fields in which a row differs before and after, by name; a new row has only "after", a deleted one only "before". */
export function changesOf({ before, after }: Pick<AuditRow, "before" | "after">): Change[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...fields]
    .sort()
    .map((field) => ({ field, before: before?.[field], after: after?.[field] }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}

/** A value in one line: text as it is, the rest as JSON. */
export function valueText(value: unknown): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
