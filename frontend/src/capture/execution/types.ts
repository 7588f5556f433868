/**
 * The execution checks as a device makes them: the same as `production/domain/executing.py` on the server, on the data the
 * device holds. Both run `production/tests/vectors/execution.json`. What the device does not hold is told in `unknown`, never
 * guessed: the server checks it when the entry is sent.
 */
import type { components } from "../../api/schema";

type Schemas = components["schemas"];
type FullRoute = Schemas["FloorStation"]["routes"][string];
type FullOperation = NonNullable<FullRoute["operations"]>[number];
type FullLink = NonNullable<FullRoute["links"]>[number];
type FullBill = Schemas["FloorStation"]["bills"][string];
type FullLine = NonNullable<FullBill["lines"]>[number];
/** What a definition leaves out stands at its default. */
export type Operation = Partial<FullOperation> & Pick<FullOperation, "id" | "name_zh" | "name_en">;
export type Route = Partial<Omit<FullRoute, "operations" | "links">> & { operations?: readonly Operation[]; links?: readonly (Partial<FullLink> & Pick<FullLink, "from" | "to">)[] };
export type Line = Partial<Omit<FullLine, "alternatives">> & Pick<FullLine, "material" | "quantity"> & { alternatives?: readonly (Partial<NonNullable<FullLine["alternatives"]>[number]> & { material: string; quantity: string | number })[] };
export type Bill = Partial<Omit<FullBill, "lines">> & { lines?: readonly Line[] };

export interface OpenOrder {
  uri: string;
  number: string;
  product: string;
  quantity: string;
  state: string;
  route: Route | null;
  route_key: string;
  route_version: number;
  bill: Bill | null;
}

/** What was done to an item on an order; `role` as in the ledger: i o p c s. */
export interface Done {
  order: string;
  step: string | null;
  node: string | null;
  place: string | null;
  disposition: string | null;
  role: string;
  time: string;
  /** Of a lot; without it, all of it. */
  quantity?: string | null;
  unit?: string | null;
}

/** A lot as it came to its order; `cut`: more was done to it than is told. */
export interface Lot {
  quantity: string | null;
  unit: string;
  cut: boolean;
}

export interface Machine {
  class: string;
  above: readonly string[];
  due: string | null;
}

/** What is known while an entry is judged; `null` from a question means that the device does not know. */
export interface World {
  order: (uri: string) => OpenOrder | null;
  history: (uri: string) => readonly Done[] | null;
  used: (order: string, material: string) => string | null;
  /** How much of a lot was made before it came to its order; null where it is not known. */
  lot: (uri: string) => Lot | null;
  machine: (uri: string) => Machine | null;
  /** Whether a tool of a class is within its calibration on a day. */
  calibrated: (toolClass: string, day: string) => boolean | null;
  /** Which of these a person does not hold on a day. */
  missing: (person: string, codes: readonly string[], day: string) => readonly string[];
  hasRead: (route: string, operation: string, revision: string) => boolean;
}

export interface EventItem {
  uri: string;
  label: string;
  product: string | null;
  kind: string | null;
  role: "i" | "o" | "s" | "c" | "p";
  quantity: string | null;
  unit?: string | null;
  held: boolean;
  disposition: string | null;
  expiry: string | null;
  /** The drawing revision, where the device was told. */
  revision?: string | null;
}

export interface DeviceEvent {
  order: string | null;
  node: string;
  step: string | null;
  place: string | null;
  equipment: string | null;
  person: string | null;
  disposition: string | null;
  time: string;
  /** The day at the station, `YYYY-MM-DD`. */
  day: string;
  items: readonly EventItem[];
  values: readonly (readonly [type: string, value: string])[];
  recipe: string;
}

export type Param = string | readonly [zh: string, en: string];
export interface Finding {
  check: string;
  code: string;
  params: Readonly<Record<string, Param>>;
  item: string | null;
}
/** What the device could not check, for want of facts. */
export type Unknown = "history" | "used" | "machine" | "tools" | "revision";

export interface Judged {
  findings: readonly Finding[];
  unknown: readonly Unknown[];
}
