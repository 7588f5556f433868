import { LONGEST_MASK } from "./bounds";
import { lettersOf } from "./values";

const LONGEST = 1_000;
const BLANKS = " \\t\\r\\n\\u3000\\u00a0\\ufeff";
const ENDS = new RegExp(`^[${BLANKS}]+|[${BLANKS}]+$`, "g");

/** Only ASCII letters change: other alphabets differ between Python and browsers. */
export const lower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
export const upper = (text: string): string => text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
export const trimmed = (text: string): string => text.replace(ENDS, "");

interface Part {
  sign: string;
  itself: boolean;
}

function partsOf(mask: string): Part[] {
  const parts: Part[] = [];
  let escaped = false;
  for (const sign of lettersOf(mask)) {
    if (sign === "\\" && !escaped) {
      escaped = true;
      continue;
    }
    parts.push({ sign, itself: escaped || !"#@?*".includes(sign) });
    escaped = false;
  }
  return parts;
}

function fits(letter: string, { sign, itself }: Part): boolean {
  if (itself) return letter === sign;
  if (sign === "#") return /^[0-9]$/.test(letter);
  return sign === "?" || /^[A-Za-z]$/.test(letter);
}

const isRun = (part: Part | undefined): boolean => part !== undefined && part.sign === "*" && !part.itself;

/** Whether a whole text fits a mask: `#` a digit, `@` a letter, `?` any character, `*` any run, `\` takes the next as it is. */
export function matches(text: string, mask: string): boolean {
  const letters = lettersOf(text);
  if (letters.length > LONGEST || lettersOf(mask).length > LONGEST_MASK) return false;
  const parts = partsOf(mask);
  let [at, place, star, kept] = [0, 0, -1, 0];
  while (at < letters.length) {
    const part = parts[place];
    if (part && !isRun(part) && fits(letters[at] ?? "", part)) [at, place] = [at + 1, place + 1];
    else if (isRun(part)) [star, kept, place] = [place, at, place + 1];
    else if (star >= 0) [kept, at, place] = [kept + 1, kept + 1, star + 1];
    else return false;
  }
  return parts.slice(place).every(isRun);
}
