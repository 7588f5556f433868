import { ExpressionError } from "./bounds";

/** A day, counted from 1970-01-01. */
export interface Day {
  kind: "date";
  day: number;
}
/** A point in time in milliseconds since 1970, and the minutes by which the clock on the spot is ahead of UTC. */
export interface Moment {
  kind: "datetime";
  ms: number;
  offset: number;
}

const DAY_MS = 86_400_000;
const DATE = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/;
const MOMENT = /^([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,3}))?)?(?:Z|([+-])(0[0-9]|1[0-4]):([0-5][0-9]))$/;
const FIRST_DAY = daysOf(1, 1, 1);
const LAST_DAY = daysOf(9999, 12, 31);

/** Days since 1970-01-01 of a date of the Gregorian calendar. */
function daysOf(year: number, month: number, day: number): number {
  const from = month <= 2 ? year - 1 : year;
  const era = Math.floor(from / 400);
  const ofEra = from - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + ofEra * 365 + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - 719_468;
}

/** Year, month and day of a date. */
export function calendar({ day }: Day): [year: number, month: number, day: number] {
  const from = day + 719_468;
  const era = Math.floor(from / 146_097);
  const ofEra = from - era * 146_097;
  const years = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365);
  const ofYear = ofEra - (365 * years + Math.floor(years / 4) - Math.floor(years / 100));
  const shifted = Math.floor((5 * ofYear + 2) / 153);
  const month = shifted + (shifted < 10 ? 3 : -9);
  return [years + era * 400 + (month <= 2 ? 1 : 0), month, ofYear - Math.floor((153 * shifted + 2) / 5) + 1];
}

const digits = (number: number, width: number): string => String(number).padStart(width, "0");
const local = ({ ms, offset }: Moment): number => ms + offset * 60_000;

export function dateFrom(text: string): Day | null {
  const found = DATE.exec(text);
  if (!found) return null;
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])];
  if (year < 1 || month < 1 || month > 12 || day < 1) return null;
  const made: Day = { kind: "date", day: daysOf(year, month, day) };
  return calendar(made)[1] === month ? made : null;
}

export function momentFrom(text: string): Moment | null {
  const found = MOMENT.exec(text);
  const date = found && dateFrom(found[1] ?? "");
  if (!date) return null;
  const [hour, minute, second] = [Number(found[2]), Number(found[3]), Number(found[4] ?? 0)];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const ahead = (Number(found[7] ?? 0) * 60 + Number(found[8] ?? 0)) * (found[6] === "-" ? -1 : 1);
  const clock = ((hour * 60 + minute) * 60 + second) * 1000 + Number((found[5] ?? "0").padEnd(3, "0"));
  return { kind: "datetime", ms: date.day * DAY_MS + clock - ahead * 60_000, offset: ahead };
}

/** The moment of a clock in the browser, with its offset. */
export function momentOf(date: Date): Moment {
  return { kind: "datetime", ms: date.getTime(), offset: -date.getTimezoneOffset() };
}

/** The date of a date or a moment; a moment's by its own offset. */
export function dayOf(value: Day | Moment): Day {
  return value.kind === "date" ? value : { kind: "date", day: Math.floor(local(value) / DAY_MS) };
}

export function hourOf(value: Moment): number {
  return Math.floor((local(value) - dayOf(value).day * DAY_MS) / 3_600_000);
}

/** 1 for Monday … 7 for Sunday. */
export function weekdayOf(value: Day | Moment): number {
  return ((((dayOf(value).day + 3) % 7) + 7) % 7) + 1;
}

export function dayText(value: Day): string {
  const [year, month, day] = calendar(value);
  return `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`;
}

export function momentText(value: Moment): string {
  const clock = local(value) - dayOf(value).day * DAY_MS;
  const [ms, seconds] = [clock % 1000, Math.floor(clock / 1000)];
  const time = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => digits(part, 2)).join(":");
  const ahead = Math.abs(value.offset);
  const offset = `${value.offset < 0 ? "-" : "+"}${digits(Math.floor(ahead / 60), 2)}:${digits(ahead % 60, 2)}`;
  return `${dayText(dayOf(value))}T${time}${ms ? `.${digits(ms, 3)}` : ""}${offset}`;
}

function inRange<Value extends Day | Moment>(value: Value): Value {
  const { day } = dayOf(value);
  if (day < FIRST_DAY || day > LAST_DAY) throw new ExpressionError("date_out_of_range");
  return value;
}

export function afterDays(start: Day | Moment, days: number): Day | Moment {
  return inRange(start.kind === "date" ? { ...start, day: start.day + days } : { ...start, ms: start.ms + days * DAY_MS });
}

export function afterMs(start: Moment, ms: number): Moment {
  return inRange({ ...start, ms: start.ms + ms });
}
