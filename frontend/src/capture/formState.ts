/**
 * A form as it stands: what shows, what must be filled, what is locked, defaults and formulas, and what the checks say
 * that need no server. The same on a device, in the designer's preview and, by the same expressions, on the server.
 */
import { type DeviceFault, deviceChecks, fieldFault } from "./checks";
import type { ItemIndex, Scanned } from "./decode";
import { identify } from "./decode";
import { NUMBER_KINDS } from "./kinds";
import { FACTS, isFilled } from "./rows";
import { tableFaults, tableNames } from "./tables";
import { type Expression, type Field, type FieldValue, type NodeBody, SILENT_KINDS, type Values, MEDIA_KINDS, isAttachment, isScan, rowsOf, singles } from "./types";

/** What expressions calculate with: decimals keep their text, so that nothing is rounded on the way. */
export type Plain = null | boolean | string | { readonly num: string } | { readonly date: string } | { readonly datetime: string } | readonly Plain[];

export interface FormContext {
  now: Date;
  /** Calculates an expression; throws where the expression does not fit the values. */
  evaluate: (expression: Expression, values: Readonly<Record<string, Plain>>, now: Date) => Plain;
  items: ItemIndex;
  /** When a code was entered at this node on this device, latest; null for never. */
  seen?: (uri: string) => Date | null;
  /** Where the device stands. */
  station?: string | null;
  /** The device's list of items is everything there is, so that what is not on it is unknown. */
  complete?: boolean;
  /** Nobody else will tell for a while that a code is unknown. */
  offline?: boolean;
}

export interface FieldState {
  field: Field;
  visible: boolean;
  required: boolean;
  locked: boolean;
  value: FieldValue;
  filled: boolean;
  /** What a formula gives, as text. */
  result: string | null;
  /** What was scanned; of a sub-table, in all its rows. */
  scanned: readonly Scanned[];
  fault: DeviceFault | null;
  /** Of a sub-table: every row as a form of its own. */
  rows: readonly FormState[];
}

export interface FormState {
  fields: readonly FieldState[];
  values: Values;
  /** What expressions see, by name. */
  named: Readonly<Record<string, Plain>>;
  /** The first visible field that is required, not locked and empty. */
  next: string | null;
  faults: readonly DeviceFault[];
  /** Everything required is there and nothing is malformed; checks may still refuse. */
  complete: boolean;
}

export type Ask = (expression: Expression, otherwise: Plain, beside?: Readonly<Record<string, Plain>>) => Plain;

const NO_ROWS: readonly FormState[] = [];

/** A value as text for a person; an empty one as null. */
export function plainText(value: Plain): string | null {
  if (value === null || value === "") return null;
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "✓" : "–";
  if ("num" in value) return value.num;
  if ("date" in value) return value.date;
  if ("datetime" in value) return value.datetime;
  return value.map((each) => plainText(each) ?? "").join(", ");
}

function plainOne(field: Field, value: string | boolean): Plain {
  if (typeof value === "boolean") return value;
  if (NUMBER_KINDS.has(field.kind)) return /^-?\d+(\.\d+)?$/.test(value) ? { num: value } : null;
  if (field.kind === "date") return { date: value };
  if (field.kind === "datetime") return { datetime: value };
  return value;
}

/** Whether a field still wants something: it is empty and must not be, or one of its rows is not whole. */
export function lacks({ visible, required, locked, filled, rows }: FieldState): boolean {
  return visible && !locked && ((required && !filled) || rows.some(({ complete }) => !complete));
}

function plainOf(field: Field, value: FieldValue, scanned: readonly Scanned[]): Plain {
  const found = field.kind === "scan" ? scanned.map(({ uri }): Plain => uri) : singles(value).map((each) => (isScan(each) ? each.raw : isAttachment(each) ? each.sha256 : plainOne(field, each)));
  return field.many || MEDIA_KINDS.has(field.kind) || field.kind === "choice" && typeof value === "object" && value !== null ? found : (found[0] ?? null);
}

/** A field's value from what an expression gave. */
function valueOf(field: Field, plain: Plain): FieldValue {
  if (plain === null || typeof plain === "boolean") return plain;
  if (typeof plain === "object" && "length" in plain) return plain.map((each) => plainText(each) ?? "");
  const text = plainText(plain) ?? "";
  return field.kind === "scan" ? { raw: text } : text;
}

/** What expressions see of a field's items beside their identifiers, by the server's names; lists where it repeats. */
function facts(field: Field, scanned: readonly Scanned[]): Record<string, Plain> {
  return Object.fromEntries(Object.entries(FACTS).map(([name, tell]): [string, Plain] => [`${field.id}.${name}`, field.many ? scanned.map(tell) : scanned[0] ? tell(scanned[0]) : null]));
}

/** Expressions see a field that does not show as empty, whatever was typed before it went away. */
export function formState(body: NodeBody, entered: Values, context: FormContext, around: Readonly<Record<string, Plain>> = {}): FormState {
  const named: Record<string, Plain> = { ...around };
  const ask: Ask = (expression, otherwise, beside) => {
    if (expression === null || expression === undefined) return otherwise;
    try {
      return context.evaluate(expression, beside ? { ...named, ...beside } : named, context.now);
    } catch {
      // an expression that does not fit (yet) decides nothing; the server names the fault when the node is tested
      return null;
    }
  };
  // names exist from the start, so that an expression may look at a field further down
  for (const field of body.fields) {
    if (field.kind === "sub_table") Object.assign(named, tableNames(field, null));
    else note(field, entered[field.id] ?? null);
  }

  function note(field: Field, value: FieldValue): readonly Scanned[] {
    const scanned = field.kind === "scan" ? singles(value).map((each) => identify(isScan(each) ? each.raw : isAttachment(each) ? each.sha256 : String(each), context.items, context.now.getFullYear())) : [];
    named[field.id] = plainOf(field, value, scanned);
    if (field.kind === "scan") Object.assign(named, facts(field, scanned));
    return scanned;
  }

  let tabShows = true;
  const tables: DeviceFault[] = [];
  const fields = body.fields.map((field): FieldState => {
    const shows = ask(field.show, true) === true;
    if (field.kind === "tab") tabShows = shows;
    const visible = shows && tabShows;
    const locked = visible && ask(field.lock, false) === true;
    const required = visible && !SILENT_KINDS.has(field.kind) && (field.require ? ask(field.require, false) === true : field.required !== false);
    let value: FieldValue = visible ? (entered[field.id] ?? null) : null;
    if (visible && (value === null || locked) && field.default !== null && field.default !== undefined && entered[field.id] === undefined) value = valueOf(field, ask(field.default, null));
    if (field.kind === "sub_table") {
      const rows = rowsOf(value).map((row) => formState({ fields: field.columns ?? [] }, row, context, named));
      Object.assign(named, tableNames(field, visible ? rows : null));
      const faults = visible ? tableFaults(field, rows) : [];
      tables.push(...faults);
      return { field, visible, required, locked, value, filled: rows.some(isFilled), result: null, scanned: rows.flatMap((row) => row.fields.flatMap((each) => each.scanned)), fault: faults[0] ?? null, rows };
    }
    const result = visible && field.kind === "formula" ? ask(field.value, null) : null;
    const scanned = note(field, value);
    if (field.kind === "formula") named[field.id] = result;
    const filled = singles(value).length > 0;
    return { field, visible, required, locked, value, filled, result: plainText(result), scanned, fault: visible ? fieldFault(field, value, scanned) : null, rows: NO_ROWS };
  });
  const faults = [...fields.flatMap(({ field, fault }) => (fault && field.kind !== "sub_table" ? [fault] : [])), ...tables, ...deviceChecks(body, fields, ask, context)];
  const open = fields.filter(lacks);
  const sent = ({ field, value, rows }: FieldState): FieldValue => (field.kind === "sub_table" ? rows.filter(isFilled).map((row) => row.values) : value);
  const values = Object.fromEntries(fields.filter(({ visible, filled }) => visible && filled).map((state) => [state.field.id, sent(state)]));
  return { fields, values, named, next: open[0]?.field.id ?? null, faults, complete: open.length === 0 && fields.every(({ fault }) => fault === null) };
}
