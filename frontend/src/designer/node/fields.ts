/** Fields of a node's form: their kinds, what each has, and with what a new one begins. */
import type { Expression } from "../../expressions";
import type { Entry } from "../entries";

export const FIELD_KINDS = [
  "scan", "text", "number", "choice", "yes_no", "date", "datetime", "rating", "person", "equipment", "location", "lookup", "formula", "sub_table", "photo", "file", "signature", "voice", "section", "note", "tab", "columns",
  "percent", "money", "time", "duration", "cascade", "phone", "email", "link",
] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];
export const SCAN_CLASSES = ["unit", "lot", "carrier", "asset", "product", "place", "person", "equipment", "order"] as const;
export type ScanClass = (typeof SCAN_CLASSES)[number];
export const RULES = ["show", "require", "lock", "default"] as const;
export type RuleName = (typeof RULES)[number];

export interface Option {
  value: string;
  label_zh: string;
  label_en: string;
  /** Of a cascade: what can be chosen under it. */
  options?: Option[];
}

export interface NodeField extends Entry {
  kind: FieldKind;
  label_zh: string;
  label_en: string;
  hint_zh: string;
  hint_en: string;
  required: boolean;
  show: Expression | null;
  require: Expression | null;
  lock: Expression | null;
  default: Expression | null;
  many: boolean;
  keep: boolean;
  classes?: ScanClass[];
  duplicate?: "refuse" | "ignore" | "ask";
  advance?: boolean;
  min?: number | string | null;
  max?: number | string | null;
  pattern?: string;
  multiline?: boolean;
  count?: number;
  unit?: string;
  currency?: string;
  decimals?: number;
  options?: Option[];
  of?: "product" | "place" | "person" | "equipment";
  attribute?: string;
  value?: Expression;
  columns?: NodeField[];
  unique?: string | null;
}

/** Fields whose values are attachments. */
export const isMedia = ({ kind }: NodeField): boolean => ["photo", "file", "signature", "voice"].includes(kind);
const SILENT: readonly FieldKind[] = ["section", "note", "tab", "columns"];
/** Fields that only show or arrange something. */
export const isSilent = ({ kind }: NodeField): boolean => SILENT.includes(kind);
/** Fields that a person fills in. */
export const isEntered = (field: NodeField): boolean => !isSilent(field) && field.kind !== "formula";

/** With what a new field of a kind begins. */
export const SETTINGS: Record<FieldKind, Partial<NodeField>> = {
  scan: { classes: [], duplicate: "refuse", advance: true },
  text: { max: 200, pattern: "", multiline: false },
  number: { unit: "", decimals: 3, min: null, max: null },
  choice: { options: [] },
  yes_no: {},
  date: {},
  datetime: {},
  rating: { max: 5 },
  percent: { decimals: 1, min: "0", max: "100" },
  money: { currency: "CNY", decimals: 2, min: "0", max: null },
  time: {},
  duration: { max: 359_999 },
  cascade: { options: [] },
  phone: {},
  email: {},
  link: {},
  person: {},
  equipment: {},
  location: {},
  lookup: { of: "product", attribute: "" },
  sub_table: { columns: [], min: 0, max: 200, unique: null },
  formula: { value: { lit: null }, unit: "", required: false },
  photo: { max: 1 },
  file: { max: 1 },
  signature: {},
  voice: { max: 60 },
  section: { required: false },
  note: { required: false },
  tab: { required: false },
  columns: { required: false, count: 2 },
};
