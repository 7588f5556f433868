/** What an event's document says was entered, by the fields of the form. */
export type Cells = Readonly<Record<string, unknown>>;

interface Named {
  id: string;
  kind: string;
}

const isCells = (value: unknown): value is Cells => typeof value === "object" && value !== null && !Array.isArray(value);

/** Values and tables in the order of the form; attachments are shown elsewhere, what the event does not tell is left out. */
export function shownIn<F extends Named>(document: Cells, form: readonly F[]): { single: { field: F; value: unknown }[]; tables: { field: F; rows: readonly Cells[] }[] } {
  const told = document["suyuan:fields"];
  const fields = isCells(told) ? told : {};
  const known = form.filter(({ id, kind }) => id in fields && !["photo", "file", "signature", "voice"].includes(kind));
  const rows = (id: string): readonly Cells[] => (Array.isArray(fields[id]) ? (fields[id] as unknown[]).filter(isCells) : []);
  return {
    single: known.filter(({ kind }) => kind !== "sub_table").map((field) => ({ field, value: fields[field.id] })),
    tables: known.filter(({ kind }) => kind === "sub_table").map((field) => ({ field, rows: rows(field.id) })),
  };
}
