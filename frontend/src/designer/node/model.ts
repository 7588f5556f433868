import type { Expression } from "../../expressions";
import { type Entry, freshId } from "../entries";
import { type FieldKind, isSilent, type NodeField, type ScanClass, SETTINGS } from "./fields";

/** A trace node as the server's schema of `trace_node` has it. */
export const TRACE_NODE = "trace_node";

export * from "./fields";

export interface FieldQuantity {
  field: string;
  quantity: string | null;
}
export interface Parameter {
  field: string;
  type: string;
  uom: string;
  low: string | null;
  high: string | null;
}
export type EventName = "object" | "aggregation" | "transformation" | "association" | "transaction";
export interface Meaning extends Entry {
  event: EventName;
  action: "ADD" | "OBSERVE" | "DELETE";
  when: Expression | null;
  step: string;
  disposition: string;
  subjects: string[];
  parent: string | null;
  children: string[];
  inputs: FieldQuantity[];
  outputs: FieldQuantity[];
  quantity: Record<string, string>;
  parameters: Parameter[];
  source: string | null;
  destination: string | null;
  order: string | null;
  process: string | null;
  ilmd: Record<string, string>;
}

export const CHECK_KINDS = ["known", "class_is", "not_repeated", "not_void", "not_expired", "not_held", "in_state", "where_is", "expression"] as const;
export type CheckKind = (typeof CHECK_KINDS)[number];
export const LEVELS = ["warn", "refuse", "approve"] as const;
export interface Check extends Entry {
  kind: CheckKind;
  level: (typeof LEVELS)[number];
  field: string | null;
  /** The sub-table whose rows must each meet it. */
  rows?: string | null;
  when: Expression | null;
  value: Expression | null;
  classes: ScanClass[];
  states: string[];
  places: string[];
  within_minutes: number;
  days: number;
  text_zh: string;
  text_en: string;
  remedy_zh: string;
  remedy_en: string;
}

export const ACTION_KINDS = ["print_label", "notify", "webhook", "hold"] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];
export interface Action extends Entry {
  kind: ActionKind;
  when: Expression | null;
  settings: Record<string, unknown>;
}

export type NodePlace = { from: "station" } | { from: "fixed"; uri: string } | { from: "field"; field: string };
/** How events of the node's step are judged that other systems send. */
export const BY_INTERFACE = ["refuse", "warn", "named"] as const;
export interface NodeBody {
  icon: string;
  group_zh: string;
  group_en: string;
  step: string;
  disposition: string | null;
  place: NodePlace;
  by_interface?: (typeof BY_INTERFACE)[number];
  fields: NodeField[];
  meaning: Meaning[];
  checks: Check[];
  actions: Action[];
}

export const EMPTY_NODE: NodeBody = { icon: "", group_zh: "", group_en: "", step: "", disposition: null, place: { from: "station" }, fields: [], meaning: [], checks: [], actions: [] };

export interface Words {
  zh: string;
  en: string;
}

/** Every id that a field or column of the node has, for ids of new ones. */
export function takenIds(fields: readonly NodeField[]): Entry[] {
  return fields.flatMap((field) => [field, ...(field.columns ?? [])]);
}

/** A new field of a kind, with the kind's name for a label until it gets one. */
export function newField(kind: FieldKind, fields: readonly NodeField[], name: Words, taken: readonly Entry[] = takenIds(fields)): NodeField {
  const number = fields.filter((field) => field.kind === kind).length + 1;
  const numbered = (word: string) => (number > 1 ? `${word} ${number}` : word);
  return {
    id: freshId(taken, `${kind}_`),
    kind,
    label_zh: numbered(name.zh),
    label_en: numbered(name.en),
    hint_zh: "",
    hint_en: "",
    required: true,
    show: null,
    require: null,
    lock: null,
    default: null,
    many: false,
    keep: false,
    ...SETTINGS[kind],
  };
}

/** What an entry can mean, in plain words; each is one kind of event of the standard. */
export const PATTERNS = {
  seen: { event: "object", action: "OBSERVE" },
  made: { event: "object", action: "ADD" },
  ended: { event: "object", action: "DELETE" },
  packed: { event: "aggregation", action: "ADD" },
  unpacked: { event: "aggregation", action: "DELETE" },
  used: { event: "transformation", action: "OBSERVE" },
  attached: { event: "association", action: "ADD" },
  detached: { event: "association", action: "DELETE" },
  paired: { event: "transaction", action: "ADD" },
} as const satisfies Record<string, { event: EventName; action: Meaning["action"] }>;
export type PatternName = keyof typeof PATTERNS;
export const PATTERN_NAMES = Object.keys(PATTERNS) as PatternName[];

export function patternOf({ event, action }: Meaning): PatternName | null {
  return PATTERN_NAMES.find((name) => PATTERNS[name].event === event && (event === "transformation" || PATTERNS[name].action === action)) ?? null;
}

const BLANK: Omit<Meaning, "id" | "event" | "action"> = {
  when: null, step: "", disposition: "", subjects: [], parent: null, children: [], inputs: [], outputs: [], quantity: {}, parameters: [],
  source: null, destination: null, order: null, process: null, ilmd: {},
};

/** A meaning of a pattern; scan fields take their likely parts. */
export function newMeaning(name: PatternName, node: Pick<NodeBody, "fields" | "meaning">): Meaning {
  const items = itemFields(node.fields).map(({ id }) => id);
  const carrier = node.fields.find(({ kind, classes }) => kind === "scan" && classes?.includes("carrier"))?.id ?? items.filter((id) => !id.includes("."))[1] ?? null;
  const inside = items.filter((id) => id !== carrier).slice(0, 1);
  const meaning: Meaning = { id: freshId(node.meaning, "m"), ...PATTERNS[name], ...BLANK };
  switch (name) {
    case "packed":
    case "unpacked":
    case "attached":
    case "detached":
      return { ...meaning, parent: carrier, children: inside };
    case "used":
      return { ...meaning, inputs: items.slice(0, 1).map((field) => ({ field, quantity: null })), outputs: items.slice(1, 2).map((field) => ({ field, quantity: null })) };
    default:
      return { ...meaning, subjects: items.slice(0, 1) };
  }
}

/** Another pattern for a meaning: what it names stays where the new pattern has a place for it. */
export function asPattern(meaning: Meaning, name: PatternName, node: NodeBody): Meaning {
  const fresh = newMeaning(name, node);
  const { id, when, step, disposition, parameters, order, source, destination } = meaning;
  return { ...fresh, id, when, step, disposition, parameters, order, source, destination };
}

export function newCheck(kind: CheckKind, node: NodeBody): Check {
  return {
    id: freshId(node.checks, "c"), kind, level: "refuse", field: kind === "expression" ? null : (itemFields(node.fields)[0]?.id ?? null), when: null, value: null, classes: [],
    states: [], places: [], within_minutes: 0, days: 0, text_zh: "", text_en: "", remedy_zh: "", remedy_en: "",
  };
}

export function newAction(kind: ActionKind, actions: readonly Action[]): Action {
  return { id: freshId(actions, "a"), kind, when: null, settings: {} };
}

/** The columns of a sub-table under the names by which the form knows them: `table.column`. */
export function columnsOf(table: NodeField): NodeField[] {
  return (table.columns ?? []).map((column) => ({ ...column, id: `${table.id}.${column.id}`, label_zh: `${table.label_zh}.${column.label_zh}`, label_en: `${table.label_en}.${column.label_en}` }));
}
const withColumns = (fields: readonly NodeField[]): NodeField[] => fields.flatMap((field) => (field.kind === "sub_table" ? columnsOf(field) : [field]));

/** Fields and columns that name items. */
export function itemFields(fields: readonly NodeField[]): NodeField[] {
  return withColumns(fields).filter(({ kind }) => kind === "scan");
}
export function numberFields(fields: readonly NodeField[]): NodeField[] {
  return withColumns(fields).filter(({ kind }) => kind === "number" || kind === "formula");
}
/** Numbers that can say how much of an item there is: of the form, or of the item's own sub-table. */
export function amountsFor(fields: readonly NodeField[], item: string): NodeField[] {
  const table = item.includes(".") ? item.split(".")[0] : null;
  return numberFields(fields).filter(({ id }) => !id.includes(".") || id.split(".")[0] === table);
}
/** Fields and columns that can be measured values. */
export function measuredFields(fields: readonly NodeField[]): NodeField[] {
  return withColumns(fields).filter((field) => !isSilent(field) && field.kind !== "scan");
}

/** Read what the server sent as a node; what it left out has its default. */
export function nodeOf(body: unknown): NodeBody {
  return { ...EMPTY_NODE, ...(body as Partial<NodeBody>) };
}

const LISTS = ["fields", "meaning", "checks", "actions"] as const;
export type ListName = (typeof LISTS)[number];

/** The entry a JSON pointer leads to: `/fields/2/min`, `/body/checks/@c1/value`; of a sub-table with the column. */
export function entryAt(at: string, node: NodeBody): { list: ListName; id: string; column?: string } | null {
  const found = /\/(fields|meaning|checks|actions)\/(@?)([^/]+)/.exec(at);
  const list = LISTS.find((name) => name === found?.[1]);
  if (!found || !list) return null;
  const entry = found[2] ? node[list].find(({ id }) => id === found[3]) : node[list][Number(found[3])];
  const number = /\/columns\/(\d+)/.exec(at)?.[1];
  const column = list === "fields" && number !== undefined ? (entry as NodeField | undefined)?.columns?.[Number(number)] : undefined;
  return entry ? { list, id: entry.id, ...(column ? { column: `${entry.id}.${column.id}` } : {}) } : null;
}
