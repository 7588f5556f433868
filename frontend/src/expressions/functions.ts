import { DIGITS, ExpressionError, LONGEST_VALUE } from "./bounds";
import { Decimal } from "./decimal";
import { lower, matches, trimmed, upper } from "./masks";
import { afterDays, afterMs, calendar, type Day, dateFrom, dayOf, hourOf, type Moment, momentFrom, weekdayOf } from "./moments";
import { before, equal, isList, isTime, kindOf, lettersOf, type Scalar, textOf, type Value } from "./values";

/** One evaluation: its clock, and how many steps are left. */
export class Run {
  readonly now: Moment;
  private left: number;

  constructor(now: Moment, budget: number) {
    this.now = now;
    this.left = budget;
  }

  spend(steps: number): void {
    this.left -= steps;
    if (this.left < 0) throw new ExpressionError("budget_spent");
  }

  made(text: string): string {
    if (lettersOf(text).length > LONGEST_VALUE) throw new ExpressionError("text_too_long");
    return text;
  }
}

type Arguments = readonly Value[];
type Called = (given: Arguments, run: Run) => Value;

const MOST_DAYS = 4_000_000;
const HOUR_MS = 3_600_000;
const count = (number: number): Decimal => Decimal.whole(number);

function wrong(code: string, at: number): ExpressionError {
  return new ExpressionError(code, `/args/${at}`);
}

function number(given: Arguments, at: number): Decimal {
  const value = given[at];
  if (!(value instanceof Decimal)) throw wrong("needs_number", at);
  return value;
}

function whole(given: Arguments, at: number, least: number, most: number): number {
  const value = number(given, at);
  const size = Number(value.toString());
  if (!value.isWhole() || size < least || size > most) throw wrong("needs_whole", at);
  return size;
}

function text(given: Arguments, at: number): string {
  const value = given[at];
  if (typeof value !== "string") throw wrong("needs_text", at);
  return value;
}

function time(given: Arguments, at: number): Day | Moment {
  const value = given[at] ?? null;
  if (!isTime(value)) throw wrong("needs_date", at);
  return value;
}

function moment(given: Arguments, at: number): Moment {
  const value = given[at] ?? null;
  if (!isTime(value) || value.kind !== "datetime") throw wrong("needs_moment", at);
  return value;
}

function list(given: Arguments, at: number): readonly Scalar[] {
  const value = given[at] ?? null;
  if (!isList(value)) throw wrong("needs_list", at);
  return value;
}

/** All values that are something, lists opened, with the number of the argument each came in. */
function flat(given: Arguments): [Scalar, number][] {
  return given.flatMap((each, at) => (isList(each) ? each : [each]).filter((value) => value !== null).map((value): [Scalar, number] => [value, at]));
}

function numbers(given: Arguments): Decimal[] {
  return flat(given).map(([value, at]) => {
    if (!(value instanceof Decimal)) throw wrong("needs_number", at);
    return value;
  });
}

const total = (all: readonly Decimal[]): Decimal => all.reduce((sum, each) => sum.add(each), Decimal.ZERO);

function extreme(given: Arguments, sign: number): Value {
  let best: Value = null;
  for (const [value, at] of flat(given)) {
    try {
      const order = before(value, best ?? value);
      if (best === null || order === sign) best = value;
    } catch {
      throw wrong("not_alike", at);
    }
  }
  return best;
}

function contains(given: Arguments): boolean {
  const [all = null, part = null] = given;
  if (isList(all)) return all.some((each) => each !== null && equal(each, part));
  const inside = text(given, 1);
  return text(given, 0).includes(inside);
}

function distinct(all: readonly Scalar[]): boolean {
  const seen = all.filter((each) => each !== null).map((each) => `${kindOf(each)} ${isTime(each) && each.kind === "datetime" ? each.ms : textOf(each)}`);
  return new Set(seen).size === seen.length;
}

function hoursAfter(start: Moment, hours: Decimal): Moment {
  if (hours.abs().compare(count(24 * MOST_DAYS)) > 0) throw new ExpressionError("date_out_of_range");
  return afterMs(start, Number(hours.multiply(count(HOUR_MS)).rounded(0).toString()));
}

const cut = (given: Arguments, from: number, to?: number): string => lettersOf(text(given, 0)).slice(from, to).join("");

/** Functions that see nothing (null) themselves. */
const FREE: Record<string, Called> = {
  min: (given) => extreme(given, -1),
  max: (given) => extreme(given, 1),
  sum: (given) => total(numbers(given)),
  avg: (given) => {
    const all = numbers(given);
    return total(all).divide(count(all.length));
  },
  count: (given) => count(flat(given).length),
  concat: (given, run) => run.made(given.map(textOf).join("")),
  text: (given, run) => run.made(textOf(given[0] ?? null)),
  today: (_, run) => dayOf(run.now),
  empty: ([value = null]) => value === null || value === "" || (isList(value) && value.length === 0),
};

/** Functions that give nothing where an argument is nothing. */
const PASSING: Record<string, Called> = {
  round: (given) => {
    const places = given.length > 1 ? whole(given, 1, -DIGITS, DIGITS) : 0;
    return number(given, 0).rounded(places);
  },
  floor: (given) => number(given, 0).floor(),
  ceil: (given) => number(given, 0).ceil(),
  abs: (given) => number(given, 0).abs(),
  number: (given) => (given[0] instanceof Decimal ? given[0] : Decimal.typed(trimmed(text(given, 0)))),
  len: ([value = null], _) => count(isList(value) ? value.length : lettersOf(text([value], 0)).length),
  lower: (given) => lower(text(given, 0)),
  upper: (given) => upper(text(given, 0)),
  trim: (given) => trimmed(text(given, 0)),
  contains,
  starts: (given) => text(given, 0).startsWith(text(given, 1)),
  ends: (given) => text(given, 0).endsWith(text(given, 1)),
  left: (given) => {
    text(given, 0);
    return cut(given, 0, whole(given, 1, 0, LONGEST_VALUE));
  },
  right: (given) => {
    const letters = lettersOf(text(given, 0));
    return letters.slice(Math.max(letters.length - whole(given, 1, 0, LONGEST_VALUE), 0)).join("");
  },
  mid: (given) => {
    text(given, 0);
    const start = whole(given, 1, 1, LONGEST_VALUE) - 1;
    return cut(given, start, start + whole(given, 2, 0, LONGEST_VALUE));
  },
  matches_code: (given, run) => {
    const [code, mask] = [text(given, 0), text(given, 1)];
    run.spend(Math.floor((lettersOf(code).length * lettersOf(mask).length) / 16));
    return matches(code, mask);
  },
  date: ([value = null]) => (isTime(value) ? dayOf(value) : dateFrom(text([value], 0))),
  moment: ([value = null]) => (isTime(value) && value.kind === "datetime" ? value : momentFrom(text([value], 0))),
  year: (given) => count(calendar(dayOf(time(given, 0)))[0]),
  month: (given) => count(calendar(dayOf(time(given, 0)))[1]),
  day: (given) => count(calendar(dayOf(time(given, 0)))[2]),
  weekday: (given) => count(weekdayOf(time(given, 0))),
  hour: (given) => count(hourOf(moment(given, 0))),
  days_between: (given) => count(-dayOf(time(given, 0)).day + dayOf(time(given, 1)).day),
  hours_between: (given) => count(-moment(given, 0).ms + moment(given, 1).ms).divide(count(HOUR_MS)),
  add_days: (given) => {
    const start = time(given, 0);
    return afterDays(start, whole(given, 1, -MOST_DAYS, MOST_DAYS));
  },
  add_hours: (given) => {
    const start = moment(given, 0);
    return hoursAfter(start, number(given, 1));
  },
  first: (given) => list(given, 0)[0] ?? null,
  last: (given) => list(given, 0).at(-1) ?? null,
  distinct: (given) => distinct(list(given, 0)),
};

const passing = (called: Called): Called => (given, run) => (given.includes(null) ? null : called(given, run));

export const FUNCTIONS: ReadonlyMap<string, Called> = new Map([
  ...Object.entries(FREE),
  ...Object.entries(PASSING).map(([name, called]): [string, Called] => [name, passing(called)]),
]);

/** The least and most arguments that each function takes. */
export const ARGUMENTS: ReadonlyMap<string, readonly [number, number]> = new Map(
  Object.entries({
    ...Object.fromEntries([...FUNCTIONS.keys()].map((name) => [name, [1, 1] as const])),
    ...Object.fromEntries(["min", "max", "sum", "avg", "count", "concat"].map((name) => [name, [1, 50] as const])),
    ...Object.fromEntries(["contains", "starts", "ends", "left", "right", "matches_code", "days_between", "hours_between", "add_days", "add_hours"].map((name) => [name, [2, 2] as const])),
    round: [1, 2] as const,
    mid: [3, 3] as const,
    today: [0, 0] as const,
  }),
);
