import { dateFrom, Decimal, evaluate, type Expression, ExpressionError, momentFrom, type Scalar, textOf, type Value } from "../../expressions";
import { isSilent, type NodeField } from "./model";

/** What somebody typed into the preview, by field. */
export type Sample = Readonly<Record<string, string>>;

function scalarOf(kind: NodeField["kind"], text: string): Scalar {
  if (text === "") return null;
  if (kind === "number" || kind === "rating") return Decimal.from(text);
  if (kind === "yes_no") return text === "true";
  if (kind === "date") return dateFrom(text);
  if (kind === "datetime") return momentFrom(text);
  return text;
}

function read(field: NodeField, text: string): Value {
  if (!field.many) return scalarOf(field.kind, text);
  return text.split(/[,，]/u).map((part) => scalarOf(field.kind, part.trim())).filter((each) => each !== null);
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

/** A form over example values: what shows, what must be filled, what formulas give. Wrong rules count as unset here. */
export function formView(fields: readonly NodeField[], sample: Sample, now: Date): FormView {
  const values: Record<string, Value> = {};
  const worked = (tree: Expression | null | undefined): Value => {
    if (!tree) return null;
    try {
      return evaluate(tree, values, { now });
    } catch (fault) {
      if (fault instanceof ExpressionError) return null;
      throw fault;
    }
  };
  for (const field of fields) {
    const text = sample[field.id] ?? "";
    values[field.id] = text === "" ? null : read(field, text);
    if (field.kind === "scan" && text !== "") values[`${field.id}.class`] = field.classes?.[0] ?? "unit";
  }
  const views = fields.map((field): FieldView => {
    const given = (sample[field.id] ?? "") !== "";
    const result = field.kind === "formula" ? worked(field.value) : given ? null : worked(field.default);
    if (field.kind === "formula" || (!given && result !== null)) values[field.id] = result;
    return {
      field,
      visible: field.show === null || worked(field.show) === true,
      required: !isSilent(field) && field.kind !== "formula" && (field.require === null ? field.required : worked(field.require) === true),
      locked: field.lock !== null && worked(field.lock) === true,
      worked: result === null ? null : textOf(result),
    };
  });
  const next = views.find(({ field, visible, required, locked }) => visible && required && !locked && (values[field.id] ?? null) === null)?.field.id ?? null;
  return { values, fields: views, next };
}
