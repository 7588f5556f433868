/** The body of a trace node as the server publishes it, and what a device knows of the plant. */

/** An expression as JSON; only `src/expressions` looks inside. */
export type Expression = unknown;

export type FieldKind =
  | "scan" | "text" | "number" | "choice" | "yes_no" | "date" | "datetime" | "person" | "equipment" | "location" | "lookup"
  | "formula" | "photo" | "file" | "signature" | "voice" | "rating" | "section" | "note" | "tab" | "columns" | "sub_table"
  | "percent" | "money" | "duration" | "time" | "cascade" | "phone" | "email" | "link";

export interface Option {
  value: string;
  label_zh: string;
  label_en: string;
  /** Of a cascade: what can be chosen under it. */
  options?: readonly Option[];
}

export interface Field {
  id: string;
  /** One of {@link FieldKind}; a kind this device does not know is shown as text. */
  kind: string;
  label_zh: string;
  label_en: string;
  hint_zh?: string | null;
  hint_en?: string | null;
  /** Yes, unless said otherwise. */
  required?: boolean;
  show?: Expression;
  require?: Expression;
  lock?: Expression;
  default?: Expression;
  /** Repeat until the operator says that it is done. */
  many?: boolean;
  /** The value stays for the next entry. */
  keep?: boolean;
  classes?: readonly string[] | null;
  duplicate?: "refuse" | "ignore" | "ask" | null;
  advance?: boolean;
  unit?: string | null;
  /** Of money: ISO 4217. */
  currency?: string | null;
  decimals?: number | null;
  min?: string | number | null;
  max?: string | number | null;
  pattern?: string | null;
  options?: readonly Option[];
  /** Which master data, and what of an entry is shown beside it. */
  of?: string | null;
  attribute?: string | null;
  multiline?: boolean;
  /** Of `columns`: how many fields stand side by side from here on. */
  count?: number | null;
  value?: Expression;
  /** Of a sub-table: its columns, and the one that is different in every row. */
  columns?: readonly Field[];
  unique?: string | null;
}

export type Level = "warn" | "refuse" | "approve";

export interface Check {
  id: string;
  kind: string;
  field?: string | null;
  /** For `expression`: the sub-table whose rows must each meet it. */
  rows?: string | null;
  when?: Expression;
  /** For `expression`: what must be true. */
  value?: Expression;
  /** For `not_repeated`: looked at so far back; 0: ever. */
  within_minutes?: number;
  /** For `not_expired`: days that must be left. */
  days?: number;
  level: Level;
  text_zh?: string | null;
  text_en?: string | null;
  remedy_zh?: string | null;
  remedy_en?: string | null;
  classes?: readonly string[] | null;
  states?: readonly string[] | null;
  places?: readonly string[] | null;
}

/** One event that an entry makes; see `capture/contracts/nodes.py`. */
export interface Meaning {
  id: string;
  event: string;
  when?: Expression;
  step?: string;
  disposition?: string;
  subjects?: readonly string[];
  parent?: string | null;
  children?: readonly string[];
  inputs?: readonly { field: string; quantity?: string | null }[];
  outputs?: readonly { field: string; quantity?: string | null }[];
  quantity?: Readonly<Record<string, string>>;
  parameters?: readonly { field: string; type?: string }[];
  order?: string | null;
}

export interface NodeBody {
  step?: string;
  disposition?: string | null;
  place?: { from?: string; uri?: string; field?: string };
  meaning?: readonly Meaning[];
  icon?: string | null;
  group_zh?: string | null;
  group_en?: string | null;
  fields: readonly Field[];
  checks?: readonly Check[];
}

export interface Node {
  key: string;
  version: number;
  title_zh: string;
  title_en: string;
  body: NodeBody;
}

/** What is known of an item without asking the server. */
export interface ItemFacts {
  uri: string;
  label?: string | null;
  /** `unit`, `lot`, `carrier` … */
  kind?: string | null;
  product?: string | null;
  lot?: string | null;
  expiry?: string | null;
  state?: string | null;
  disposition?: string | null;
  held?: boolean | null;
  place?: string | null;
}

/** An entry of the master data; `code` is what people read and type. */
export interface Master {
  uri: string;
  code: string;
  name_zh: string | null;
  name_en: string | null;
  attributes?: Readonly<Record<string, unknown>>;
}

export type Masters = Readonly<Record<"products" | "places" | "equipment" | "people", readonly Master[]>>;

/** Which master data a field chooses from; null for other fields. */
export function mastersOf(field: Field): keyof Masters | null {
  const of = field.kind === "lookup" ? field.of : field.kind;
  return ({ product: "products", place: "places", location: "places", equipment: "equipment", person: "people" } as const)[of ?? ""] ?? null;
}

export interface ScanValue {
  raw: string;
}
/** Something attached: its bytes go by themselves, an entry names them by their SHA-256. */
export interface AttachmentValue {
  sha256: string;
  name?: string;
}
export type Single = string | boolean | ScanValue | AttachmentValue;
/** A field's value as it is entered and sent: scans raw, numbers and dates as text, several in a list. */
export type FieldValue = Single | readonly Single[] | readonly RowValues[] | null;
/** A row of a sub-table, by column. */
export type RowValues = { readonly [column: string]: FieldValue | undefined };
export type Values = Readonly<Record<string, FieldValue | undefined>>;

export function isScan(value: unknown): value is ScanValue {
  return typeof value === "object" && value !== null && "raw" in value;
}

export function isAttachment(value: unknown): value is AttachmentValue {
  return typeof value === "object" && value !== null && "sha256" in value;
}

/** The rows of a sub-table's value. */
export function rowsOf(value: FieldValue | undefined): readonly RowValues[] {
  return Array.isArray(value) ? (value as readonly RowValues[]) : [];
}

/** The single values of a field, none for an empty one; a sub-table has {@link rowsOf} instead. */
export function singles(value: FieldValue | undefined): readonly Single[] {
  if (value === null || value === undefined || value === "") return [];
  return typeof value === "object" && "length" in value ? (value as readonly Single[]) : [value];
}

/** Kinds whose values are attachments. */
export const MEDIA_KINDS: ReadonlySet<string> = new Set(["photo", "file", "signature", "voice"]);

/** How many attachments a field takes. */
export function mostOf(field: Field): number {
  return field.kind === "photo" || field.kind === "file" ? Number(field.max ?? 1) : 1;
}

/** Fields that take more and more, until the operator says that it is done. */
export function repeats(field: Field): boolean {
  return field.kind === "sub_table" || (field.many === true && field.kind === "scan");
}

/** Kinds that ask for nothing: they group, explain or calculate. */
export const SILENT_KINDS: ReadonlySet<string> = new Set(["section", "note", "tab", "columns", "formula"]);
