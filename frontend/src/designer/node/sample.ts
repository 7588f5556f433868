import { evaluate, type FieldValue, formState, ItemIndex, plainText, type Single, type Values } from "../../capture";
import { fromPlain, type Value } from "../../expressions";
import type { NodeField } from "./model";

/** What somebody typed into the preview, by field. */
export type Sample = Readonly<Record<string, string>>;

function singleOf(field: NodeField, text: string): Single {
  if (field.kind === "scan") return { raw: text };
  return field.kind === "yes_no" ? text === "true" : text;
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
}

export interface FormView {
  values: Readonly<Record<string, Value>>;
  fields: readonly FieldView[];
  /** The field that the device would ask for next. */
  next: string | null;
}

/** What is typed for a scan stands for an item of the first class that the field takes. */
function itemsOf(fields: readonly NodeField[], sample: Sample): ItemIndex {
  const scans = fields.filter(({ id, kind }) => kind === "scan" && (sample[id] ?? "") !== "");
  return new ItemIndex(scans.map(({ id, classes }) => ({ uri: sample[id] ?? "", label: sample[id] ?? "", kind: classes?.[0] ?? "unit" })));
}

/** A form over example values, worked out as on a device. */
export function formView(fields: readonly NodeField[], sample: Sample, now: Date): FormView {
  const entered: Values = Object.fromEntries(fields.filter(({ id }) => (sample[id] ?? "") !== "").map((field) => [field.id, read(field, sample[field.id] ?? "")]));
  const state = formState({ fields, checks: [] }, entered, { now, evaluate, items: itemsOf(fields, sample) });
  const views = state.fields.map((each, index): FieldView => {
    const given = (sample[each.field.id] ?? "") !== "";
    const standard = given ? null : plainText(state.named[each.field.id] ?? null);
    return { field: fields[index] as NodeField, visible: each.visible, required: each.required, locked: each.locked, worked: each.result ?? standard };
  });
  return { values: Object.fromEntries(Object.entries(state.named).map(([name, value]) => [name, fromPlain(value)])), fields: views, next: state.next };
}
