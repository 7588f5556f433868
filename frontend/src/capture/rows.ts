/** Rows of a sub-table, and what expressions see of the codes in them. */
import type { Scanned } from "./decode";
import type { FieldState, FormState, Plain } from "./formState";

/** What is known of a scanned item beside its identifier, by the server's names. */
export const FACTS: Readonly<Record<string, (each: Scanned) => Plain>> = {
  code: ({ raw }) => raw,
  class: (each) => each.class,
  product: ({ item, gtin }) => item?.product ?? (gtin === null ? null : `https://id.gs1.org/01/${gtin}`),
  lot: ({ lot }) => lot,
  serial: ({ serial }) => serial,
  expiry: ({ expiry }) => expiry?.slice(0, 10) ?? null,
  state: ({ item }) => item?.state ?? null,
  disposition: ({ item }) => item?.disposition ?? null,
  place: ({ item }) => item?.place ?? null,
  held: ({ item }) => item?.held === true,
};

/** Whether anything was entered in a row. */
export function isFilled(row: FormState): boolean {
  return row.fields.some(({ visible, filled }) => visible && filled);
}

/** The columns of a row, under the names by which the form knows them. */
export function columnsIn(table: FieldState, row: FormState): FieldState[] {
  return row.fields.map((each) => ({ ...each, field: { ...each.field, id: `${table.field.id}.${each.field.id}` } }));
}
