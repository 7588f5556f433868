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

export interface ItemMention {
  uri: string;
  label: string;
  kind: string;
  role: string;
  quantity: string | null;
  unit: string | null;
  item_id?: number;
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
  items: ItemMention[];
  item_count: number;
}

export interface Parameter {
  name: string;
  value: string | number | boolean | null;
  unit: string | null;
  low?: number | string | null;
  high?: number | string | null;
  ok?: boolean | null;
}

export interface EventReference {
  number: number;
  event_id?: string;
  reason?: string | null;
  time?: string;
}

export interface EventDetail extends EventRow {
  document: Json;
  context: Json;
  reading: Json;
  participations: ItemMention[];
  parameters: Parameter[];
  content_hash: string;
  voids: EventReference | null;
  voided_by: EventReference | null;
}

export interface Alarm {
  id: string | number;
  time: string;
  level: "error" | "warning";
  kind: string;
  title_zh: string;
  title_en: string;
  item_uri?: string | null;
  event_number?: number | null;
}

export interface Home {
  date: string;
  output: number;
  output_yesterday: number;
  events: number;
  yield_rate: number | null;
  first_pass_yield: number | null;
  yield_rate_yesterday?: number | null;
  first_pass_yield_yesterday?: number | null;
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
  place_name: string | null;
  state: string | null;
}

export interface ItemDetail extends ItemRow {
  where: {
    place_uri: string | null;
    place_name_zh: string | null;
    place_name_en: string | null;
    since: string | null;
    state: string | null;
    disposition: string | null;
    inside: { id: number; uri: string; label: string; kind: string }[];
    partner?: string | null;
  };
  first_seen: string | null;
  event_count: number;
  attributes: Record<string, Json>;
  contents_count: number;
  lot_item?: { id: number; uri: string; label: string } | null;
}

export interface TimelineRow extends EventRow {
  roles: string[];
  quantity: string | null;
  unit: string | null;
  parameters: Parameter[];
}

export interface Term {
  value: string;
  zh: string;
  en: string;
}
export interface NamedUri {
  uri: string;
  zh: string;
  en: string;
}
export interface Vocabulary {
  steps: Term[];
  dispositions: Term[];
  types: Term[];
  places: NamedUri[];
  equipment: NamedUri[];
  people: NamedUri[];
  products: NamedUri[];
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
  item?: string;
  person?: string;
  equipment?: string;
  disposition?: string;
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
