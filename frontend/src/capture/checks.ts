/** What can be checked without the server: a field's own limits, and the checks of a node whose facts are on the device. */
import type { Scanned } from "./decode";
import type { Ask, FieldState, FormContext } from "./formState";
import { FORMS, NUMBER_KINDS, boundsOf, clockOf, isWhole } from "./kinds";
import { columnsIn, isFilled } from "./rows";
import { type Check, type Field, type FieldValue, type Level, type NodeBody, MEDIA_KINDS, isAttachment, isScan, mostOf, singles } from "./types";

/** Names of the texts in `i18n/{zh,en}/checks.ts`. */
export type FaultCode =
  | "expression" | "known" | "notOnDevice" | "not_repeated" | "not_expired" | "not_held" | "not_void" | "in_state" | "class_is" | "where_is"
  | "wrongClass" | "twice" | "rowTwice" | "rowsFew" | "rowsMany" | "number" | "decimals" | "least" | "most" | "long" | "pattern" | "option" | "phone" | "email" | "link";

export interface DeviceFault {
  /** The node's check, or null for what the field itself refuses. */
  check: string | null;
  field: string | null;
  /** Which row of the sub-table, from 0. */
  row?: number;
  level: Level;
  code: FaultCode;
  params: Readonly<Record<string, string>>;
  text_zh: string | null;
  text_en: string | null;
  remedy_zh: string | null;
  remedy_en: string | null;
}

export function fault(code: FaultCode, field: string | null, params: Record<string, string> = {}, check?: Check): DeviceFault {
  return {
    check: check?.id ?? null, field, level: check?.level ?? "refuse", code, params,
    text_zh: check?.text_zh || null, text_en: check?.text_en || null, remedy_zh: check?.remedy_zh || null, remedy_en: check?.remedy_en || null,
  };
}

/** Compare decimals as text, so that no digit is lost: −1, 0 or 1. */
export function compareDecimals(left: string, right: string): number {
  const scale = (text: string) => /\.(\d+)$/.exec(text)?.[1]?.length ?? 0;
  const places = Math.max(scale(left), scale(right));
  const whole = (text: string) => {
    const [units = "0", part = ""] = text.replace("-", "").split(".");
    const size = BigInt(units + part.padEnd(places, "0"));
    return text.startsWith("-") ? -size : size;
  };
  const [a, b] = [whole(left), whole(right)];
  return a < b ? -1 : a > b ? 1 : 0;
}

function numberFault(field: Field, text: string): DeviceFault | null {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return fault("number", field.id);
  const places = /\.(\d+)$/.exec(text)?.[1]?.length ?? 0;
  const { min, max, decimals } = boundsOf(field);
  const told = (bound: string | number) => (field.kind === "duration" ? clockOf(String(bound)) : String(bound));
  if ((typeof field.decimals === "number" || field.kind !== "number") && places > decimals) return fault("decimals", field.id, { n: String(decimals) });
  if (min !== null && compareDecimals(text, String(min)) < 0) return fault("least", field.id, { n: told(min) });
  if (max !== null && compareDecimals(text, String(max)) > 0) return fault("most", field.id, { n: told(max) });
  return null;
}

function textFault(field: Field, text: string): DeviceFault | null {
  if (typeof field.max === "number" && Array.from(text).length > field.max) return fault("long", field.id, { n: String(field.max) });
  if (!field.pattern) return null;
  try {
    return new RegExp(`^(?:${field.pattern})$`, "u").test(text) ? null : fault("pattern", field.id);
  } catch {
    // the server reads patterns in its own dialect; one this browser does not know is left to it
    return null;
  }
}

function scanFault(field: Field, scanned: readonly Scanned[]): DeviceFault | null {
  const wanted = field.classes ?? [];
  const wrong = wanted.length ? scanned.find((each) => each.class !== null && !wanted.includes(each.class)) : undefined;
  if (wrong) return fault("wrongClass", field.id, { code: wrong.label, class: wrong.class ?? "other", wanted: wanted.join(" ") });
  if (field.duplicate === "ignore") return null;
  const twice = field.duplicate === "ask" ? undefined : scanned.find((each, index) => scanned.findIndex(({ uri }) => uri === each.uri) < index);
  return twice ? fault("twice", field.id, { code: twice.label }) : null;
}

/** What a field refuses by itself, before any check of the node. */
export function fieldFault(field: Field, value: FieldValue, scanned: readonly Scanned[]): DeviceFault | null {
  if (field.kind === "scan") return scanFault(field, scanned);
  if (MEDIA_KINDS.has(field.kind)) return singles(value).length > mostOf(field) ? fault("most", field.id, { n: String(mostOf(field)) }) : null;
  for (const each of singles(value)) {
    if (typeof each === "boolean" || isScan(each) || isAttachment(each)) continue;
    const found = NUMBER_KINDS.has(field.kind) ? numberFault(field, each) : field.kind === "text" ? textFault(field, each) : null;
    if (found) return found;
    if (field.kind === "choice" && field.options && !field.options.some((option) => option.value === each)) return fault("option", field.id);
    if (field.kind === "cascade" && !isWhole(field.options, each)) return fault("option", field.id);
    if (FORMS[field.kind]?.test(each) === false) return fault(field.kind === "time" ? "pattern" : (field.kind as "phone"), field.id);
  }
  return null;
}

type Says = (scanned: Scanned, check: Check, context: FormContext) => FaultCode | null;

/** The day `days` after `now`, in the device's own calendar. */
const dayAfter = (now: Date, days: number): string => {
  const two = (value: number) => String(value).padStart(2, "0");
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
};

function repeated({ uri }: Scanned, check: Check, context: FormContext): FaultCode | null {
  const before = context.seen?.(uri) ?? null;
  const within = check.within_minutes ?? 0;
  return before && (within === 0 || context.now.getTime() - before.getTime() <= within * 60_000) ? "not_repeated" : null;
}

/** By kind of check: the fault of one scanned code, or null; what the device has no facts for is left to the server. */
const OF_SCANS: Readonly<Record<string, Says>> = {
  known: ({ item }, _check, context) => (item || !context.items.size ? null : context.complete ? "known" : context.offline ? "notOnDevice" : null),
  not_repeated: repeated,
  not_expired: ({ expiry }, check, context) => (expiry !== null && expiry.slice(0, 10) < dayAfter(context.now, check.days ?? 0) ? "not_expired" : null),
  not_held: ({ item }) => (item?.held ? "not_held" : null),
  in_state: ({ item }, check) => {
    const states = [item?.state, item?.disposition].filter(Boolean);
    return states.length && check.states?.length && !states.some((state) => check.states?.includes(state ?? "")) ? "in_state" : null;
  },
  class_is: (scanned, check) => (scanned.class !== null && check.classes?.length && !check.classes.includes(scanned.class) ? "class_is" : null),
  where_is: ({ item }, check, context) => {
    const allowed = check.places?.length ? check.places : context.station ? [context.station] : [];
    return item?.place && allowed.length && !allowed.some((place) => item.place?.startsWith(place)) ? "where_is" : null;
  },
};

/** Whether a node asks how much of a lot there is: only the server, or the order's route, tells a portion from a repetition. */
const countsLots = ({ meaning }: NodeBody, field: string): boolean =>
  (meaning ?? []).some(({ quantity, inputs, outputs }) => quantity?.[field] || [...(inputs ?? []), ...(outputs ?? [])].some((each) => each.field === field && each.quantity));

/** The faults of a node's checks, in the order of the node; a check whose facts are missing says nothing. */
export function deviceChecks(body: NodeBody, fields: readonly FieldState[], ask: Ask, context: FormContext): DeviceFault[] {
  const over = fields.every(({ visible, required, filled, rows }) => !visible || ((!required || filled) && rows.every(({ complete }) => complete)));
  return (body.checks ?? []).flatMap((check) => {
    const table = check.rows ? fields.find(({ field }) => field.id === check.rows) : undefined;
    if (table)
      return table.rows.flatMap((row, at): DeviceFault[] => {
        // a condition over cells that are still empty tells nothing
        if (!isFilled(row) || !row.complete || ask(check.when, true, row.named) !== true) return [];
        return ask(check.value, true, row.named) === true ? [] : [{ ...fault("expression", check.field ?? table.field.id, {}, check), row: at }];
      });
    if (ask(check.when, true) !== true) return [];
    if (check.kind === "expression") {
      const holds = ask(check.value, true);
      // what cannot be told yet is no fault before everything is there; then it is one, as on the server
      return holds === false || (over && holds !== true) ? [fault("expression", check.field ?? null, {}, check)] : [];
    }
    const says = OF_SCANS[check.kind];
    if (!says) return [];
    const asked = fields.flatMap((state): { state: FieldState; row?: number }[] => (state.field.kind === "sub_table" ? state.rows.flatMap((row, at) => columnsIn(state, row).map((column) => ({ state: { ...column, visible: state.visible && column.visible }, row: at }))) : [{ state }]));
    const looked = asked.filter(({ state: { field, visible } }) => visible && field.kind === "scan" && (!check.field || check.field === field.id));
    return looked.flatMap(({ state: { field, scanned }, row }) =>
      scanned.flatMap((each) => {
        const portion = check.kind === "not_repeated" && each.class === "lot" && countsLots(body, field.id);
        const code = portion ? null : says(each, check, context);
        if (!code) return [];
        const found = { ...fault(code, field.id, { code: each.label, expiry: each.expiry ?? "", state: each.item?.state ?? "" }, check), ...(row === undefined ? {} : { row }) };
        // what is missing on the device may well exist: only the server can refuse it
        return [code === "notOnDevice" ? { ...found, level: "warn" as const, text_zh: null, text_en: null, remedy_zh: null, remedy_en: null } : found];
      }),
    );
  });
}
