/** Sub-tables: what expressions see of their rows, and what is wrong with them beyond each row by itself. */
import { type DeviceFault, fault } from "./checks";
import type { FieldState, FormState, Plain } from "./formState";
import { FACTS, isFilled } from "./rows";
import type { Field } from "./types";

/** The table as the number of its rows, each column as a list over them; nothing where the table does not show. */
export function tableNames(field: Field, rows: readonly FormState[] | null): Record<string, Plain> {
  const filled = rows?.filter(isFilled) ?? null;
  const named: Record<string, Plain> = { [field.id]: filled && { num: String(filled.length) } };
  for (const { id, kind } of field.columns ?? [])
    for (const name of [id, ...(kind === "scan" ? Object.keys(FACTS).map((fact) => `${id}.${fact}`) : [])]) named[`${field.id}.${name}`] = filled && filled.map((row) => row.named[name] ?? null);
  return named;
}

const keyOf = ({ field, scanned, value }: FieldState): string | null => {
  if (field.kind === "scan") return scanned[0]?.uri ?? null;
  return typeof value === "string" || typeof value === "boolean" ? String(value) : null;
};

/** Rows whose value of a column an earlier row has: codes by the column's own word, others where the column is `unique`. */
function repeated(field: Field, column: Field, rows: readonly FormState[]): DeviceFault[] {
  const refuses = column.id === field.unique || (column.kind === "scan" && (column.duplicate ?? "refuse") === "refuse");
  if (!refuses) return [];
  const seen = new Set<string>();
  return rows.flatMap((row, at): DeviceFault[] => {
    const state = row.fields.find((each) => each.field.id === column.id && each.visible);
    const key = state ? keyOf(state) : null;
    if (key === null || !seen.has(key)) {
      if (key !== null) seen.add(key);
      return [];
    }
    const code = state?.scanned[0]?.label ?? key;
    return [{ ...fault(column.id === field.unique ? "rowTwice" : "twice", `${field.id}.${column.id}`, { code }), row: at }];
  });
}

/** All that is wrong with a table: how many rows there are, what repeats, and the faults of each row with its number. */
export function tableFaults(field: Field, rows: readonly FormState[]): DeviceFault[] {
  const count = rows.filter(isFilled).length;
  const [least, most] = [Number(field.min ?? 0), Number(field.max ?? 200)];
  const few = count > 0 && count < least ? [fault("rowsFew", field.id, { n: String(least) })] : [];
  const many = count > most ? [fault("rowsMany", field.id, { n: String(most) })] : [];
  const own = rows.flatMap((row, at) => row.faults.map((each): DeviceFault => ({ ...each, field: each.field === null ? field.id : `${field.id}.${each.field}`, row: at })));
  return [...few, ...many, ...own, ...(field.columns ?? []).flatMap((column) => repeated(field, column, rows))];
}
