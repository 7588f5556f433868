/**
 * What the server sends and takes (HTTP contract of `/api/v1`), by hand until `npm run api` replaces `paths`.
 * Times are ISO 8601 with offset; quantities are exact decimals as strings.
 */
export type Language = "zh" | "en";
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface Page<Row> {
  rows: Row[];
  next: string | null;
  total: number | null;
}

export interface Site {
  id: number;
  code: string;
  name_zh: string;
  name_en: string;
  location_uri: string | null;
}

export interface Session {
  user: { id: number; login: string; name: string; language: Language };
  tenant: { id: number; code: string; name: string };
  sites: Site[];
  permissions: string[];
  csrf_token: string;
}

export type EventType =
  | "ObjectEvent"
  | "AggregationEvent"
  | "TransformationEvent"
  | "TransactionEvent"
  | "AssociationEvent";
export type ItemKind = "unit" | "lot" | "carrier" | "asset" | "product" | "place" | "order" | "person" | "equipment";

/** An item in an event, with its part in it. */
export interface ItemMention {
  id: number;
  uri: string;
  label: string;
  kind: string;
  role: string;
  quantity: string | null;
  unit: string | null;
}

export interface EventRow {
  number: number;
  event_id: string;
  type: string;
  action: string | null;
  time: string;
  offset_minutes: number;
  recorded: string;
  biz_step: string | null;
  disposition: string | null;
  read_point: string | null;
  biz_location: string | null;
  place_name_zh: string | null;
  place_name_en: string | null;
  person: string | null;
  person_name: string | null;
  equipment: string | null;
  equipment_name: string | null;
  work_order: string | null;
  capture_method: string | null;
  voided: boolean;
  declares_error: boolean;
  items: ItemMention[];
  item_count: number;
}

export interface Parameter {
  name: string;
  value: string | number | boolean | null;
  unit: string | null;
  low?: string | number | null;
  high?: string | number | null;
  ok?: boolean | null;
  time?: string | null;
}

/** The event at the other end of an error declaration. */
export interface Correction {
  number: number;
  event_id: string;
  recorded: string;
  reason: string | null;
  corrective_ids: string[];
}

export interface EventDetail {
  row: EventRow;
  document: Json;
  context: Json;
  reading: Json;
  participations: ItemMention[];
  parameters: Parameter[];
  content_hash: string;
  recorded_by: string;
  voids: Correction | null;
  voided_by: Correction | null;
}

export interface Alarm {
  id: string | number;
  time: string;
  level: "error" | "warning";
  kind: string;
  title_zh: string;
  title_en: string;
  item_id: number | null;
  item_uri: string | null;
  item_label: string | null;
  event_number: number | null;
}

export interface Home {
  date: string;
  output: number;
  output_yesterday: number;
  events: number;
  events_total: number;
  yield_rate: number | null;
  first_pass_yield: number | null;
  first_pass_yield_yesterday: number | null;
  hours: { hour: string; events: number; output: number }[];
  steps: { step: string; events: number }[];
  latest: EventRow[];
  alarms: Alarm[];
  capture_ms: number | null;
  trace_ms: number | null;
}

export interface Recorded {
  count: number;
  latest: EventRow[];
}

export interface DecodedCode {
  uri: string;
  kind: string;
  product: string | null;
  lot: string | null;
  serial: string | null;
  format: string;
  parts: { ai: string; label_zh: string; label_en: string; value: string; note?: string | null }[];
  item_id: number | null;
}

export interface ItemRow {
  id: number;
  uri: string;
  label: string;
  kind: string;
  product: string | null;
  product_name_zh: string | null;
  product_name_en: string | null;
  lot: string | null;
  serial: string | null;
  last_seen: string | null;
  place: string | null;
  place_name_zh: string | null;
  place_name_en: string | null;
  state: string | null;
  disposition: string | null;
}

export interface ItemReference {
  id: number;
  uri: string;
  label: string;
  kind: string;
}

/** Where an item is: its own place or, while it is inside something, the outermost container's. */
export interface Whereabouts {
  place: string | null;
  place_name_zh: string | null;
  place_name_en: string | null;
  since: string | null;
  state: string;
  disposition: string | null;
  inside: ItemReference[];
}

export interface ItemDetail {
  row: ItemRow;
  where: Whereabouts | null;
  first_seen: string | null;
  event_count: number;
  contents_count: number;
  attributes: Record<string, Json>;
  lot_item: ItemReference | null;
}

export interface TimelineRow {
  event: EventRow;
  roles: string[];
  quantity: string | null;
  unit: string | null;
  parameters: Parameter[];
  reading: Json;
}

/** A child in a container, from and (null: still) until. */
export interface Stay {
  item: ItemReference;
  since: string;
  until: string | null;
  event_number: number;
}

export interface Term {
  value: string;
  zh: string;
  en: string;
}
export interface Vocabulary {
  steps: Term[];
  dispositions: Term[];
  types: Term[];
  places: Term[];
  equipment: Term[];
  people: Term[];
  products: Term[];
}

export interface CaptureJob {
  id: string;
  created: string;
  finished: string | null;
  success: boolean | null;
  running: boolean;
  errors: number;
  events: number;
  accepted: number;
  refused: number;
  name: string | null;
  user: string | null;
}
export interface CaptureRefusal {
  index: number | null;
  event_id: string | null;
  code: string;
  title: string;
  remedy: string;
  at: string | null;
}
export type CaptureJobDetail = Omit<CaptureJob, "errors"> & { errors: CaptureRefusal[] };

export interface EventQuery {
  from?: string;
  to?: string;
  type?: string;
  action?: string;
  step?: string;
  place?: string;
  item?: number;
  person?: string;
  equipment?: string;
  disposition?: string;
  order?: string;
  sort?: string;
  cursor?: string;
  limit?: number;
}
export interface TraceQuery {
  code: string;
  depth?: number;
  as_of?: string;
  from?: string;
  siblings?: boolean;
  closure?: boolean;
  limit?: number;
}
export interface AuditQuery {
  table?: string;
  actor?: string;
  from?: string;
  to?: string;
  cursor?: string;
}
export type * from "./peopleContract";
export type * from "./traceContract";
