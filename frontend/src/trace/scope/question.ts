import type { components } from "../../api/schema";
import type { Direction } from "../deskState";

export type ScopeAnswer = components["schemas"]["ScopeAnswer"];
export type ScopeSummary = components["schemas"]["ScopeSummary"];
export type ScopeCount = components["schemas"]["ScopeCount"];
export type ScopeRow = components["schemas"]["ScopeItem"];
export type ScopeBody = components["schemas"]["ScopeBody"];
export type EventFilter = components["schemas"]["EventFilterBody"];
export type Where = components["schemas"]["WhereBody"];
export type StartPreview = components["schemas"]["StartPreview"];

export const MODES = ["codes", "events"] as const;
export type Mode = (typeof MODES)[number];

/** The conditions of a filter over events, by the server's names. */
export const CONDITIONS = ["lot", "step", "equipment", "person", "place", "source", "destination", "shift", "order", "since", "until", "parameter", "values", "low", "high"] as const;
export type Condition = (typeof CONDITIONS)[number];
export type Conditions = Partial<Record<Condition, string>>;

/** A question as the screen has it, and as a link carries it. */
export interface Question {
  readonly mode: Mode;
  readonly codes: readonly string[];
  readonly since: string | null;
  readonly skipUnknown: boolean;
  readonly conditions: Conditions;
  readonly direction: Exclude<Direction, "both">;
  readonly asOf: string | null;
  readonly siblings: boolean;
  readonly closure: boolean;
  readonly depth: number | null;
  readonly limit: number | null;
}

export const NOTHING: Question = {
  mode: "codes", codes: [], since: null, skipUnknown: false, conditions: {}, direction: "forward", asOf: null, siblings: false, closure: true, depth: null, limit: null,
};

/** Codes out of anything pasted: one a line, or separated by tabs, semicolons or commas that stand outside of codes. */
export function splitCodes(text: string): string[] {
  const lines = text.split(/[\r\n\t;]+|,(?=\s|[(\w])/u).map((line) => line.trim().replace(/^"(.*)"$/u, "$1"));
  return [...new Set(lines.filter(Boolean))];
}

const KEPT = "suyuan.scope.codes";
/** Longer lists stay on this device; a link can only carry a short one. */
const LONGEST_IN_ADDRESS = 1500;

export function addressOf(question: Question): string {
  const query = new URLSearchParams();
  const put = (name: string, value: string | number | null | undefined): void => {
    if (value !== null && value !== undefined && value !== "") query.set(name, String(value));
  };
  if (question.mode === "events") {
    put("from", "events");
    for (const name of CONDITIONS) put(name === "since" || name === "until" ? `e_${name}` : name, question.conditions[name]);
  } else {
    const codes = question.codes.join("\n");
    if (codes.length > LONGEST_IN_ADDRESS) {
      globalThis.sessionStorage.setItem(KEPT, codes);
      put("codes", `*${question.codes.length}`);
    } else put("codes", codes);
    put("since", question.since);
    put("skip", question.skipUnknown ? "1" : null);
  }
  put("direction", question.direction === "forward" ? null : question.direction);
  put("as_of", question.asOf);
  put("siblings", question.siblings ? "1" : null);
  put("compare", question.closure ? null : "0");
  put("depth", question.depth);
  put("limit", question.limit);
  return query.toString();
}

const moment = (value: string | null): string | null => (value !== null && !Number.isNaN(Date.parse(value)) ? value : null);
const whole = (value: string | null): number | null => (value !== null && /^[1-9]\d{0,7}$/u.test(value) ? Number(value) : null);

export function questionOf(query: URLSearchParams): Question {
  const told = query.get("codes") ?? "";
  const codes = told.startsWith("*") ? (globalThis.sessionStorage.getItem(KEPT) ?? "") : told;
  const conditions: Conditions = {};
  for (const name of CONDITIONS) {
    const value = query.get(name === "since" || name === "until" ? `e_${name}` : name);
    if (value) conditions[name] = value;
  }
  return {
    mode: query.get("from") === "events" ? "events" : "codes",
    codes: splitCodes(codes),
    since: moment(query.get("since")),
    skipUnknown: query.get("skip") === "1",
    conditions: query.get("from") === "events" ? conditions : {},
    direction: query.get("direction") === "back" ? "back" : "forward",
    asOf: moment(query.get("as_of")),
    siblings: query.get("siblings") === "1",
    closure: query.get("compare") !== "0",
    depth: whole(query.get("depth")),
    limit: whole(query.get("limit")),
  };
}

/** Whether there is anything to start from. */
export const isAsked = (question: Question): boolean =>
  question.mode === "codes" ? question.codes.length > 0 : CONDITIONS.some((name) => name !== "values" && name !== "low" && name !== "high" && question.conditions[name] !== undefined);

export function filterOf(conditions: Conditions): EventFilter {
  const { values, ...rest } = conditions;
  return { ...rest, values: values === "between" ? "between" : "outside" };
}

/** The question as the server takes it. */
export function bodyOf(question: Question): Pick<ScopeBody, "start" | "direction" | "as_of" | "siblings" | "closure" | "depth" | "limit"> {
  return {
    start:
      question.mode === "codes"
        ? { codes: [...question.codes], since: question.since, skip_unknown: question.skipUnknown }
        : { events: filterOf(question.conditions), skip_unknown: false },
    direction: question.direction,
    as_of: question.asOf,
    siblings: question.siblings,
    closure: question.closure,
    depth: question.depth,
    limit: question.limit,
  };
}

/** The filters of the list that a click on a count sets. */
export const GROUPINGS = ["product", "lot", "place", "customer", "state", "kind"] as const;
export type Grouping = (typeof GROUPINGS)[number];
export type Narrowed = Partial<Record<Grouping | "verdict" | "reason", string>>;

/** The share that the scope saves against a search that does not look at time; null where that was not asked. */
export function saved(summary: ScopeSummary): number | null {
  if (summary.closure === null || summary.closure === 0 || summary.excluded === null) return null;
  return summary.excluded / summary.closure;
}
