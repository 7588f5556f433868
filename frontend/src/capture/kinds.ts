/** What kinds of field have in common: which are numbers, which are typed, their units, forms and ways of choosing. */
import type { Field, Option } from "./types";

/** Kinds whose values are exact decimals. */
export const NUMBER_KINDS: ReadonlySet<string> = new Set(["number", "rating", "percent", "money", "duration"]);
/** Kinds whose values people type: what is typed waits for “next”, where a choice or a scan goes on by itself. */
export const TYPED_KINDS: ReadonlySet<string> = new Set(["number", "percent", "money", "duration", "text", "date", "datetime", "time", "phone", "email", "link"]);

/** Texts of a fixed form; the same as on the server (`capture/domain/entered_values.py`). */
export const FORMS: Readonly<Record<string, RegExp>> = {
  time: /^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/u,
  phone: /^\+?[0-9(][0-9 ()/.-]{3,38}[0-9]$/u,
  email: /^[^\s@]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+$/u,
  link: /^https?:\/\/[^\s/?#]+\S*$/u,
};

type Bound = string | number | null;

/** The limits of a number field; those that a definition leaves out are the server's. */
export function boundsOf(field: Field): { min: Bound; max: Bound; decimals: number } {
  const { kind, min, max, decimals } = field;
  if (kind === "duration") return { min: 0, max: max ?? 359_999, decimals: 0 };
  if (kind === "percent") return { min: min === undefined ? 0 : min, max: max === undefined ? 100 : max, decimals: decimals ?? 1 };
  if (kind === "money") return { min: min === undefined ? 0 : min, max: max ?? null, decimals: decimals ?? 2 };
  if (kind === "rating") return { min: 1, max: max ?? 5, decimals: 0 };
  return { min: min ?? null, max: max ?? null, decimals: decimals ?? 3 };
}

/** What stands behind a number on the screen. */
export function signOf(field: Field): string {
  return field.kind === "percent" ? "%" : field.kind === "money" ? (field.currency ?? "CNY") : (field.unit ?? "");
}

/** Seconds as `h:mm:ss`; what is no number of seconds stays as it is. */
export function clockOf(seconds: string): string {
  if (!/^\d+$/u.test(seconds)) return seconds;
  const whole = Number(seconds);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

/** The choices of a cascade from the top to the one a value names; shorter where the value leads nowhere. */
export function wayTo(options: readonly Option[] | undefined, value: string): readonly Option[] {
  const way: Option[] = [];
  let level = options ?? [];
  for (const part of value === "" ? [] : value.split("/")) {
    const found = level.find((option) => option.value === part);
    if (!found) break;
    way.push(found);
    level = found.options ?? [];
  }
  return way;
}

/** Every way to a choice of the cascade that has nothing under it. */
export function waysOf(options: readonly Option[] | undefined): readonly (readonly Option[])[] {
  return (options ?? []).flatMap((option) => (option.options?.length ? waysOf(option.options).map((way) => [option, ...way]) : [[option]]));
}

/** Whether a value names a choice of the cascade that has nothing under it. */
export function isWhole(options: readonly Option[] | undefined, value: string): boolean {
  const way = wayTo(options, value);
  return way.length === value.split("/").length && !way[way.length - 1]?.options?.length;
}
