/** What a scan does to a form: which field takes it, whether it is accepted, and what is said about it. */
import type { DeviceFault } from "./checks";
import { type Scanned, bare, identify } from "./decode";
import { type FieldState, type FormContext, type FormState, formState } from "./formState";
import { type Field, type FieldValue, type Master, type Masters, type NodeBody, type Single, type Values, mastersOf, rowsOf, singles } from "./types";

export type Verdict = "ok" | "warn" | "refused" | "ask";

export interface Taken {
  verdict: Verdict;
  /** The field that took the scan, or would have. */
  field: string | null;
  /** The values with the scan in them; also for a refusal, for somebody who lets it pass. */
  values: Values;
  faults: readonly DeviceFault[];
  scanned: Scanned;
}

/** The entry of the master data that a scanned or typed code names. */
export function masterOf(list: readonly Master[], raw: string, uri: string): Master | null {
  const text = bare(raw);
  return list.find((each) => each.uri === uri || each.uri === text || each.code === text) ?? null;
}

interface Cell {
  row: number;
  column: Field;
}

/** Where a sub-table takes a scan: the first empty cell of a row that is not whole, else the first cell of a new row. */
function cellFor(table: FieldState, scanned: Scanned, masters: Masters): Cell | null {
  if (table.field.kind !== "sub_table" || !table.visible || table.locked) return null;
  for (const [row, state] of table.rows.entries()) {
    const found = state.complete ? undefined : state.fields.find((each) => !each.filled && accepts(each, scanned, masters));
    if (found) return { row, column: found.field };
  }
  if (table.rows.length >= Number(table.field.max ?? 200)) return null;
  const fresh = (table.field.columns ?? []).find((column) => fits(column, scanned, masters));
  return fresh ? { row: table.rows.length, column: fresh } : null;
}

function fits(field: Field, scanned: Scanned, masters: Masters): boolean {
  if (field.kind === "scan") return !field.classes?.length || scanned.class === null || field.classes.includes(scanned.class);
  const list = mastersOf(field);
  return list !== null && masterOf(masters[list], scanned.raw, scanned.uri) !== null;
}

function accepts({ field, visible, locked }: FieldState, scanned: Scanned, masters: Masters): boolean {
  if (!visible || locked) return false;
  if (field.kind === "sub_table") return false;
  return fits(field, scanned, masters);
}

/**
 * The field for a scan: the one that is asked for, if it can take this class of code; else the first empty one that can,
 * so that the order of scanning does not matter; else one that may be repeated; else the one asked for refuses it.
 */
function fieldFor(state: FormState, current: string | null, scanned: Scanned, masters: Masters): FieldState | null {
  const fitting = state.fields.filter((each) => accepts(each, scanned, masters) || cellFor(each, scanned, masters) !== null);
  const isCurrent = ({ field }: FieldState) => field.id === current;
  // a code that only the master data explain is theirs
  const named = scanned.class === null ? fitting.find(({ field, filled }) => field.kind !== "scan" && !filled) : undefined;
  const table = fitting.find((each) => isCurrent(each) && each.field.kind === "sub_table");
  return (
    table ??
    named ??
    fitting.find((each) => isCurrent(each) && (!each.filled || each.field.many)) ??
    fitting.find(({ filled }) => !filled) ??
    fitting.find(({ field }) => field.many || field.kind === "sub_table") ??
    fitting.find(isCurrent) ??
    state.fields.find((each) => isCurrent(each) && each.visible && each.field.kind === "scan") ??
    state.fields.find(({ field, visible, locked }) => visible && !locked && field.kind === "scan") ??
    null
  );
}

function withValue(field: Field, before: FieldValue | undefined, single: Single): FieldValue {
  return field.many ? [...singles(before), single] : single;
}

/** Whether a fault bars the entry; what somebody let pass (by check) does not. */
export function bars(fault: DeviceFault, passed: readonly string[]): boolean {
  return fault.level === "refuse" || (fault.level === "approve" && !(fault.check !== null && passed.includes(fault.check)));
}

/** A scan that a row of a sub-table takes; it goes on with the row's next column. */
function takeCell(body: NodeBody, values: Values, table: FieldState, { row, column }: Cell, scanned: Scanned, masters: Masters, context: FormContext, passed: readonly string[], again: boolean): Taken {
  const { id } = table.field;
  const list = mastersOf(column);
  const single: Single = list ? (masterOf(masters[list], scanned.raw, scanned.uri)?.uri ?? scanned.uri) : { raw: scanned.raw };
  const before = rowsOf(values[id]);
  const rows = Array.from({ length: Math.max(before.length, row + 1) }, (_, at) => (at === row ? { ...before[at], [column.id]: single } : (before[at] ?? {})));
  const next = { ...values, [id]: rows };
  const twice = column.kind === "scan" && table.rows.some((state) => state.fields.some((each) => each.field.id === column.id && each.scanned.some(({ uri }) => uri === scanned.uri)));
  if (twice && column.duplicate === "ignore" && column.id !== table.field.unique) return { verdict: "ok", field: id, values, faults: [], scanned };
  if (twice && column.duplicate === "ask" && !again) return { verdict: "ask", field: id, values: next, faults: [], scanned };
  const own = (name: string | null) => name !== null && (name === id || name.startsWith(`${id}.`));
  const about = formState(body, next, context).faults.filter((fault) => own(fault.field) && fault.row === row && !(again && fault.code === "twice"));
  const verdict = about.some((fault) => bars(fault, passed)) ? "refused" : about.some(({ level }) => level === "warn") ? "warn" : "ok";
  return { verdict, field: id, values: next, faults: about, scanned };
}

export function takeScan(body: NodeBody, values: Values, raw: string, current: string | null, masters: Masters, context: FormContext, passed: readonly string[] = [], again = false): Taken {
  const scanned = identify(raw, context.items, context.now.getFullYear());
  const target = fieldFor(formState(body, values, context), current, scanned, masters);
  if (!target) return { verdict: "refused", field: null, values, faults: [], scanned };
  const { field } = target;
  const cell = cellFor(target, scanned, masters);
  if (cell) return takeCell(body, values, target, cell, scanned, masters, context, passed, again);
  const list = mastersOf(field);
  if (list) return { verdict: "ok", field: field.id, values: { ...values, [field.id]: withValue(field, values[field.id], masterOf(masters[list], raw, scanned.uri)?.uri ?? scanned.uri) }, faults: [], scanned };
  const twice = field.many === true && target.scanned.some(({ uri }) => uri === scanned.uri);
  if (twice && field.duplicate === "ignore") return { verdict: "ok", field: field.id, values, faults: [], scanned };
  const next = { ...values, [field.id]: withValue(field, values[field.id], { raw }) };
  if (twice && field.duplicate === "ask" && !again) return { verdict: "ask", field: field.id, values: next, faults: [], scanned };
  const state = formState(body, next, context);
  const about = state.faults.filter((fault) => fault.field === field.id && (!field.many || fault.params.code === undefined || fault.params.code === scanned.label) && !(again && fault.code === "twice"));
  const barred = about.some((fault) => bars(fault, passed));
  return { verdict: barred ? "refused" : about.some(({ level }) => level === "warn") ? "warn" : "ok", field: field.id, values: next, faults: about, scanned };
}
