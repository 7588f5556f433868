/** What a recogniser heard, as a value: numbers in digits or in words, choices by their label. */

/** The words of a language, separated by blanks; `also` has further digits as `word:digit`. */
export interface NumberWords {
  digits: string;
  also: string;
  units: string;
  minus: string;
  point: string;
  /** Units after which a last digit stands for the next lower one: 一百五 is 150, 三千二 is 3,200. */
  shortens?: string;
}

interface Reader {
  digits: ReadonlyMap<string, number>;
  units: ReadonlyMap<string, number>;
  shortens: ReadonlySet<string>;
  words: RegExp;
}

function readerOf({ digits, also, units, shortens = "" }: NumberWords): Reader {
  const digit = new Map(digits.split(" ").map((word, value) => [word, value]));
  for (const pair of also.split(" ")) digit.set(pair.split(":")[0] ?? "", Number(pair.split(":")[1]));
  const unit = new Map(units.split(" ").map((word, power) => [word, 10 ** (power + 1)]));
  const longest = [...digit.keys(), ...unit.keys()].sort((a, b) => b.length - a.length);
  return { digits: digit, units: unit, shortens: new Set(shortens.split(" ")), words: new RegExp(longest.join("|"), "gu") };
}

/** Words to a whole number: 二百零五 and “two hundred five” count units, 一二三 is a row of digits. */
function whole(words: readonly string[], { digits, units, shortens }: Reader): string | null {
  if (words.length === 0) return null;
  if (!words.some((word) => units.has(word))) return words.map((word) => digits.get(word)).join("");
  let [total, section, digit] = [0, 0, 0];
  for (const word of words) {
    const unit = units.get(word);
    if (unit === undefined) digit = digits.get(word) ?? 0;
    else if (unit === 10_000) [total, section, digit] = [total + (section + digit) * unit, 0, 0];
    else [section, digit] = [section + (digit || 1) * unit, 0];
  }
  const before = words.at(-2) ?? "";
  if (digit && shortens.has(before)) digit *= (units.get(before) ?? 10) / 10;
  return String(total + section + digit);
}

/** The decimal in what was said, as text; null for none. */
export function spokenNumber(said: string, spoken: NumberWords): string | null {
  const text = said.normalize("NFKC").toLowerCase().replaceAll(/[\s,\u3002\uff0c]/gu, "");
  const digits = /[-\u2212]?\d+(?:\.\d+)?/u.exec(text)?.[0];
  const negative = text.includes(spoken.minus);
  if (digits) return (negative && /^\d/u.test(digits) ? "-" : "") + digits.replace("\u2212", "-");
  const reader = readerOf(spoken);
  const [before = "", after = ""] = text.split(spoken.point);
  const units = whole(before.match(reader.words) ?? [], reader);
  if (units === null) return null;
  const part = (after.match(reader.words) ?? []).map((word) => reader.digits.get(word) ?? "").join("");
  return `${negative ? "-" : ""}${units}${part && `.${part}`}`;
}

/** The choice whose label was said; the longest that fits, so that “not passed” is no “passed”. */
export function spokenChoice<Choice extends { labels: readonly string[] }>(said: string, choices: readonly Choice[]): Choice | null {
  const bare = (text: string) => text.toLowerCase().replaceAll(/[\s.,\u3002\uff0c]/gu, "");
  const text = bare(said);
  const fitting = choices.flatMap((choice) => choice.labels.map((label) => ({ choice, label: bare(label) }))).filter(({ label }) => label !== "" && text.includes(label));
  return fitting.sort((a, b) => b.label.length - a.label.length)[0]?.choice ?? null;
}
