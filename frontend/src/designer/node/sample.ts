import { evaluate, type FieldValue, formState, ItemIndex, plainText, type RowValues, type Single, type Values } from "../../capture";
import { fromPlain, type Value } from "../../expressions";
import { columnsOf, itemFields, type NodeField } from "./model";

/** What somebody typed into the preview, by field. */
export type Sample = Readonly<Record<string, string>>;

function singleOf(field: NodeField, text: string): Single {
  if (field.kind === "scan") return { raw: text };
  return field.kind === "yes_no" ? text === "true" : text;
}

/** One example row of a sub-table: what was typed for its columns, under `table.column`. */
function exampleRow(field: NodeField, sample: Sample): RowValues | null {
  const given = columnsOf(field).flatMap((column, at): [string, Single][] => {
    const text = sample[column.id] ?? "";
    const id = field.columns?.[at]?.id;
    return text === "" || id === undefined ? [] : [[id, singleOf(column, text)]];
  });
  return given.length > 0 ? Object.fromEntries(given) : null;
}

/** The example row's values by the columns' own ids, out of the form's lists. */
export function rowValues(table: NodeField, values: Readonly<Record<string, Value>>): Record<string, Value> {
  const own = Object.entries(values).filter(([name]) => name.startsWith(`${table.id}.`));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(table.id.length + 1), Array.isArray(value) ? ((value as Value[])[0] ?? null) : value]));
}

function read(field: NodeField, text: string): FieldValue {
  if (!field.many) return singleOf(field, text);
  const parts = text.split(/[,，]/u).map((part) => part.trim());
  return parts.filter((part) => part !== "").map((part) => singleOf(field, part));
}

export interface FieldView {
  field: NodeField;
  visible: boolean;
  required: boolean;
  locked: boolean;
  /** What the default or the formula gives. */
  worked: string | null;
  /** Of a sub-table: what the formulas of the example row give, by column. */
  cells: Readonly<Record<string, string | null>>;
}

export interface FormView {
  values: Readonly<Record<string, Value>>;
  fields: readonly FieldView[];
  /** The field that the device would ask for next. */
  next: string | null;
}

/** What is typed for a scan stands for an item of the first class that the field takes. */
function itemsOf(fields: readonly NodeField[], sample: Sample): ItemIndex {
  const scans = itemFields(fields).filter(({ id }) => (sample[id] ?? "") !== "");
  return new ItemIndex(scans.map(({ id, classes }) => ({ uri: sample[id] ?? "", label: sample[id] ?? "", kind: classes?.[0] ?? "unit" })));
}

/** A form over example values, worked out as on a device. */
export function formView(fields: readonly NodeField[], sample: Sample, now: Date): FormView {
  const typed: Values = Object.fromEntries(fields.filter(({ id }) => (sample[id] ?? "") !== "").map((field) => [field.id, read(field, sample[field.id] ?? "")]));
  const tables = fields.filter(({ kind }) => kind === "sub_table").flatMap((field): [string, FieldValue][] => {
    const row = exampleRow(field, sample);
    return row ? [[field.id, [row]]] : [];
  });
  const entered: Values = { ...typed, ...Object.fromEntries(tables) };
  const state = formState({ fields, checks: [] }, entered, { now, evaluate, items: itemsOf(fields, sample) });
  const views = state.fields.map((each, index): FieldView => {
    const given = (sample[each.field.id] ?? "") !== "";
    const standard = given ? null : plainText(state.named[each.field.id] ?? null);
    const cells = Object.fromEntries((each.rows[0]?.fields ?? []).map(({ field, result }) => [field.id, result]));
    return { cells, field: fields[index] as NodeField, visible: each.visible, required: each.required, locked: each.locked, worked: each.result ?? standard };
  });
  return { values: Object.fromEntries(Object.entries(state.named).map(([name, value]) => [name, fromPlain(value)])), fields: views, next: state.next };
}
