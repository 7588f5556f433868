/** Group separator: ends a variable-length part of an element string. Scanners send it, screens do not show it. */
export const GS = "\u001d";

/** The separator as it is shown and may be typed: every font has it, and the server takes it for GS. */
const SHOWN_GS = "{GS}";

/** A code with its separators made visible. */
export const visibleCode = (code: string): string => code.replaceAll(GS, SHOWN_GS);

/** What was typed or scanned into a box that shows codes by {@link visibleCode}. */
export const typedCode = (text: string): string => text.replaceAll(SHOWN_GS, GS);

/** Blanks around a code are noise; separators inside it are not. */
export const cleanCode = (typed: string): string => typed.replace(/^\s+|[ \t\r\n]+$/gu, "");

/** The place of a fault as an index into the code (0 is the first character), from `char N` (N from 1); null without one. */
export function faultIndex(at: string | null, length: number): number | null {
  const found = /^char (\d+)$/u.exec(at ?? "");
  if (!found) return null;
  return Math.min(Math.max(0, length), Math.max(0, Number(found[1]) - 1));
}

export interface MarkedCode {
  readonly before: string;
  /** The faulty character; empty when something is missing at the end. */
  readonly fault: string;
  readonly after: string;
}

/** The code cut at its fault; separators made visible. */
export function markFault(code: string, index: number): MarkedCode {
  const letters = Array.from(code);
  return {
    before: visibleCode(letters.slice(0, index).join("")),
    fault: visibleCode(letters[index] ?? ""),
    after: visibleCode(letters.slice(index + 1).join("")),
  };
}

/** The GS1 element string of a Digital Link, for example `(01)09521234543213(21)G3000042`; null for other identifiers. */
export function elementString(uri: string): string | null {
  const found = /^https?:\/\/[^/]+((?:\/[^/?#]+)*?)((?:\/\d{2,4}\/[^/?#]+)+)/u.exec(uri);
  const path = found?.[2];
  if (path === undefined) return null;
  const steps = path.split("/").slice(1);
  let text = "";
  for (let i = 0; i + 1 < steps.length; i += 2) text += `(${steps[i] ?? ""})${decodeURIComponent(steps[i + 1] ?? "")}`;
  return text;
}

/** What to look for when nothing is on record for a code: its telling part, then ever shorter beginnings of it. */
export function nearSearches(serial: string | null, lot: string | null, code: string): string[] {
  const tail = serial ?? lot ?? code.split(/[:/()]/u).findLast(Boolean) ?? code;
  const lengths = [tail.length, Math.ceil(tail.length * 0.75), Math.ceil(tail.length / 2), 2];
  return [...new Set(lengths.filter((length) => length >= 2).map((length) => tail.slice(0, length)))];
}
