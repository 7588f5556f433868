import { ExpressionError } from "./bounds";
import { Decimal } from "./decimal";
import { type Day, dateFrom, dayOf, dayText, type Moment, momentFrom, momentText } from "./moments";

export type Scalar = null | boolean | string | Decimal | Day | Moment;
/** What an expression reads and gives. */
export type Value = Scalar | readonly Scalar[];
export type Kind = "null" | "boolean" | "number" | "text" | "date" | "datetime" | "list";

/** Values as JSON: numbers as `{"num": "1.5"}`, dates and moments likewise. */
export type PlainScalar = null | boolean | string | { num: string } | { date: string } | { datetime: string };
export type Plain = PlainScalar | PlainScalar[];

export function kindOf(value: Value): Kind {
  if (value === null) return "null";
  if (typeof value === "boolean") return "boolean";
  if (typeof value === "string") return "text";
  if (value instanceof Decimal) return "number";
  return "kind" in value ? value.kind : "list";
}

export const isList = (value: Value): value is readonly Scalar[] => Array.isArray(value);
export const isTime = (value: Value): value is Day | Moment => value !== null && typeof value === "object" && "kind" in value;

function scalar(given: unknown): Scalar {
  if (given === null || given === undefined) return null;
  if (typeof given === "boolean" || typeof given === "string" || given instanceof Decimal) return given;
  if (typeof given === "number" && Number.isSafeInteger(given)) return Decimal.whole(given);
  if (Array.isArray(given)) throw new ExpressionError("nested_list");
  if (typeof given === "object" && "kind" in given) {
    if (given.kind === "date" && "day" in given && typeof given.day === "number") return { kind: "date", day: given.day };
    if (given.kind === "datetime" && "ms" in given && "offset" in given && typeof given.ms === "number" && typeof given.offset === "number")
      return { kind: "datetime", ms: Math.floor(given.ms), offset: given.offset };
  }
  throw new ExpressionError("malformed");
}

/** A value that a form hands in, as one that expressions know. */
export function read(given: unknown): Value {
  return Array.isArray(given) ? given.map(scalar) : scalar(given);
}

/** Characters of a text; those beyond 16 bits count once. */
export const lettersOf = (text: string): string[] => Array.from(text);

export function textOf(value: Value): string {
  if (value === null) return "";
  if (typeof value === "string") return value;
  if (typeof value === "boolean" || value instanceof Decimal) return String(value);
  if (isTime(value)) return value.kind === "date" ? dayText(value) : momentText(value);
  return value.map(textOf).join(", ");
}

export function equal(left: Value, right: Value): boolean {
  if (isTime(left) && isTime(right)) {
    if (left.kind === "datetime" && right.kind === "datetime") return left.ms === right.ms;
    return dayOf(left).day === dayOf(right).day;
  }
  if (left instanceof Decimal && right instanceof Decimal) return left.compare(right) === 0;
  if (isList(left) && isList(right)) return left.length === right.length && left.every((each, at) => equal(each, right[at] ?? null));
  return left === right;
}

/** Texts by the numbers of their characters, as the server orders them. */
function textOrder(left: string, right: string): number {
  const [one, other] = [lettersOf(left), lettersOf(right)];
  for (let at = 0; at < Math.min(one.length, other.length); at += 1) {
    const difference = (one[at]?.codePointAt(0) ?? 0) - (other[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return Math.sign(one.length - other.length);
}

/** -1, 0 or 1 as `left` comes before, with or after `right`. */
export function before(left: Value, right: Value): number {
  if (isTime(left) && isTime(right)) {
    if (left.kind === "datetime" && right.kind === "datetime") return Math.sign(left.ms - right.ms);
    return Math.sign(dayOf(left).day - dayOf(right).day);
  }
  if (left instanceof Decimal && right instanceof Decimal) return left.compare(right);
  if (typeof left === "string" && typeof right === "string") return textOrder(left, right);
  throw new ExpressionError("not_alike");
}

function plainScalar(value: Scalar): PlainScalar {
  if (value instanceof Decimal) return { num: String(value) };
  if (isTime(value)) return value.kind === "date" ? { date: dayText(value) } : { datetime: momentText(value) };
  return value;
}

export function plain(value: Value): Plain {
  return isList(value) ? value.map(plainScalar) : plainScalar(value);
}

function fromPlainScalar(given: unknown): Scalar {
  if (given === null || typeof given === "boolean" || typeof given === "string") return given;
  if (Array.isArray(given)) throw new ExpressionError("nested_list");
  const entries = typeof given === "object" ? Object.entries(given as Record<string, unknown>) : [];
  const [kind, text] = entries.length === 1 ? (entries[0] ?? []) : [];
  const reader = kind === "num" ? Decimal.from.bind(Decimal) : kind === "date" ? dateFrom : kind === "datetime" ? momentFrom : null;
  const found = reader && typeof text === "string" ? reader(text) : null;
  if (found === null) throw new ExpressionError("malformed");
  return found;
}

/** The value that {@link plain} made JSON of. */
export function fromPlain(given: unknown): Value {
  return Array.isArray(given) ? given.map(fromPlainScalar) : fromPlainScalar(given);
}
