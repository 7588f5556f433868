import { type Entry, freshId } from "../../designer/entries";

/** The segments of a code rule, as the server's schema of `code_rule` has them. */
export type Segment =
  | ({ type: "ai"; ai: string } & Entry)
  | ({ type: "constant"; text: string } & Entry)
  | ({ type: "date"; pattern: string; field: string; year_letters: string; first_year: number; month_letters: string; day_letters: string } & Entry)
  | ({ type: "sequence"; width: number; alphabet: string; start: number; step: number; restart: string[] } & Entry)
  | ({ type: "field"; name: string; charset: string; least: number; most: number; value: string } & Entry)
  | ({ type: "random"; length: number; alphabet: string } & Entry)
  | ({ type: "check"; algorithm: string; over: "before" | "around"; weights?: Weights } & Entry);

/** A weighted sum of the rule's own, where the algorithm is `weights`. */
export interface Weights {
  weights: number[];
  modulus: number;
  alphabet: string;
  check_alphabet: string;
  from_left: boolean;
  digit_sum: boolean;
  complement: boolean;
}
export const OWN_WEIGHTS = "weights";
export const DEFAULT_WEIGHTS: Weights = {
  weights: [3, 1],
  modulus: 10,
  alphabet: "0123456789",
  check_alphabet: "0123456789",
  from_left: false,
  digit_sum: false,
  complement: true,
};

export type SegmentType = Segment["type"];
export const SEGMENT_TYPES = ["constant", "date", "sequence", "field", "random", "check", "ai"] as const satisfies readonly SegmentType[];

export const LEVELS = ["unit", "inner", "box", "pallet", "lot", "asset", "location"] as const;
export type Level = (typeof LEVELS)[number];
export const SYMBOLOGIES = ["datamatrix", "qrcode", "digital_link", "code128", "gs1_128", "none"] as const;

export interface RuleBody {
  segments: Segment[];
  level: Level;
  symbology: (typeof SYMBOLOGIES)[number];
  sample: Record<string, string>;
}

export const EMPTY_RULE: RuleBody = { segments: [], level: "unit", symbology: "datamatrix", sample: {} };

/** Alphabets to choose from; any other can be typed. */
export const ALPHABETS = {
  digits: "0123456789",
  hex: "0123456789ABCDEF",
  clear: "23456789ABCDEFGHJKLMNPQRSTUVWXYZ",
  base36: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  base62: "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
} as const;
export type AlphabetName = keyof typeof ALPHABETS;

export function alphabetName(alphabet: string): AlphabetName | null {
  const found = Object.entries(ALPHABETS).find(([, characters]) => characters === alphabet);
  return found ? (found[0] as AlphabetName) : null;
}

/** The usual application identifiers, in the order people look for them; any other can be typed. */
export const USUAL_AIS = ["01", "21", "10", "17", "11", "00", "8003", "8004", "414", "254", "8013", "240", "37", "15", "310"] as const;
export const PATTERNS = ["YYMMDD", "YYYYMMDD", "YYMM", "YDDD", "YYWW", "ynd", "yn"] as const;
export const FIELD_NAMES = ["product", "gtin", "lot", "line", "shift", "supplier", "order", "expiry"] as const;
export const CLOCK_RESTARTS = ["day", "month", "year"] as const;

const LETTERS = { year_letters: "ABCDEFGHJKLMNPRSTVWXY123456789", first_year: 2010, month_letters: "123456789ABC", day_letters: "123456789ABCDEFGHIJKLMNOPQRSTUV" };
const GTIN = { name: "gtin", charset: "digits", least: 14, most: 14 };

/** A new segment with values that usually fit. */
export function newSegment(type: SegmentType, segments: readonly Segment[]): Segment {
  const id = freshId(segments);
  switch (type) {
    case "ai":
      return { id, type, ai: segments.some((each) => each.type === "ai" && each.ai === "01") ? "21" : "01" };
    case "constant":
      return { id, type, text: "A" };
    case "date":
      return { id, type, pattern: "YYMMDD", field: "", ...LETTERS };
    case "sequence":
      return { id, type, width: 6, alphabet: ALPHABETS.digits, start: 1, step: 1, restart: [] };
    case "field": {
      const before = segments.at(-1);
      const afterGtin = before?.type === "ai" && before.ai === "01";
      return { id, type, charset: "upper_digits", least: 1, most: 10, value: "", name: "product", ...(afterGtin ? GTIN : {}) };
    }
    case "random":
      return { id, type, length: 12, alphabet: ALPHABETS.clear };
    case "check":
      return { id, type, algorithm: "gs1-mod10", over: "before" };
  }
}

/** What a sequence may restart by in this rule: dates of issue and the fields that are there. */
export function restartChoices(segments: readonly Segment[]): string[] {
  const fields = segments.flatMap((each) => (each.type === "field" ? [each.name] : []));
  return [...CLOCK_RESTARTS, ...new Set(fields)];
}

/** The fields whose values must be given when codes are issued, and whether each is a date. */
export function fieldsOf(segments: readonly Segment[]): { name: string; date: boolean; value: string }[] {
  const found = new Map<string, { name: string; date: boolean; value: string }>();
  for (const each of segments) {
    if (each.type === "field" && !found.has(each.name)) found.set(each.name, { name: each.name, date: false, value: each.value });
    if (each.type === "date" && each.field && !found.has(each.field)) found.set(each.field, { name: each.field, date: true, value: "" });
  }
  return [...found.values()];
}

/** The segment a JSON pointer into the rule leads to: `/segments/2/width`, `/body/segments/@s3/width`. */
export function segmentAt(at: string, segments: readonly Segment[]): Segment | undefined {
  const found = /\/segments\/(@?)([^/]+)/.exec(at);
  if (!found) return undefined;
  const [, named, step = ""] = found;
  return named ? segments.find(({ id }) => id === step) : segments[Number(step)];
}

/** Read what the server sent as a rule; what it left out has its default. */
export function ruleOf(body: unknown): RuleBody {
  return { ...EMPTY_RULE, ...(body as Partial<RuleBody>) };
}
