/** The answer of `/api/v1/trace/back` and `/api/v1/trace/forward`; edges run from cause to effect. */

export type TraceDirection = "back" | "forward";
export type Verdict = "certain" | "possible" | "excluded";

export interface TraceItem {
  id: number;
  uri: string;
  label: string;
  kind: string;
  role: "start" | "product" | "carrier" | "condition";
  verdict: Verdict;
  from: string | null;
  until: string | null;
  depth: number;
  via_event: number | null;
  via_item: number | null;
  reason: string | null;
  reason_event: number | null;
  product: string | null;
  product_name_zh: string | null;
  product_name_en: string | null;
  lot: string | null;
  state: string | null;
  place_name_zh: string | null;
  place_name_en: string | null;
}

export interface TraceEvent {
  number: number;
  event_id: string;
  type: string;
  action: string | null;
  time: string;
  biz_step: string | null;
  place: string | null;
  person: string | null;
  equipment: string | null;
  verdict: Verdict;
}

export interface TraceEdge {
  from: number;
  to: number;
  event: number;
}

export interface TraceGap {
  kind: string;
  item_id: number | null;
  event: number | null;
  title_zh: string;
  title_en: string;
}

export interface TraceAnswer {
  question: {
    direction: TraceDirection;
    code: string;
    uri: string;
    item_id: number;
    as_of: string | null;
    from: string | null;
    depth: number | null;
    limit: number | null;
  };
  items: TraceItem[];
  edges: TraceEdge[];
  events: TraceEvent[];
  gaps: TraceGap[];
  summary: {
    certain: number;
    possible: number;
    excluded: number;
    by_kind: Record<string, number>;
    by_product: Record<string, number>;
    by_place: Record<string, number>;
    by_state: Record<string, number>;
    closure: number | null;
  };
  people: { uri: string; name: string; events: number }[];
  equipment: { uri: string; name: string; events: number }[];
  parameters: { name: string; value: string | number | null; unit: string | null; event?: number; ok?: boolean | null }[];
  truncated: boolean;
  truncated_counts: Record<string, number>;
  known_as_of: string;
  took_ms: number;
}
