import type { EventDetail, EventRow, ItemDetail, ItemMention, ItemRow, TimelineRow, TraceAnswer, TraceItem, TraceDirection, Verdict } from "../../api/contract";
import type { Named } from "./names";
import type { Plant, PlantEvent, PlantItem } from "./plant";

const iso = (time: number): string => new Date(time).toISOString();

const mention = ({ item, role, quantity, unit }: PlantEvent["parts"][number]): ItemMention => ({
  uri: item.uri, label: item.label, kind: item.kind, role, quantity, unit, id: item.id,
});

export function eventRow(event: PlantEvent): EventRow {
  return {
    number: event.number, event_id: `urn:uuid:${String(event.number).padStart(8, "0")}-7f3a-4c1e-9b2d-5a6c7d8e9f00`, type: event.type, action: event.action,
    time: iso(event.time), offset_minutes: 480, recorded: iso(event.time + 700), biz_step: event.step, disposition: event.disposition,
    read_point: event.place.uri, biz_location: event.place.uri, place_name_zh: event.place.zh, place_name_en: event.place.en,
    person: event.person?.uri ?? null, person_name: event.person?.zh ?? null, equipment: event.equipment?.uri ?? null,
    equipment_name: event.equipment?.zh ?? null, work_order: event.order, capture_method: event.equipment ? "device" : "scan", voided: false, declares_error: false,
    items: event.parts.slice(0, 5).map(mention), item_count: event.parts.length,
  };
}

const exact = (value: number | null): string | null => (value === null ? null : String(value));
const parametersOf = (event: PlantEvent): EventDetail["parameters"] =>
  event.parameters.map(({ name, value, unit, low, high, ok }) => ({ name, value: String(value), unit, low: exact(low), high: exact(high), ok, time: null }));

const reading = (event: PlantEvent): Record<string, unknown> | null => (event.equipment
  ? { device: event.equipment.uri, at: iso(event.time), raw: event.parameters.map((p) => `${p.value}${p.unit}`).join(";") || "OK" } : null);

export const eventDetail = (event: PlantEvent): EventDetail => ({
  ...eventRow(event), recorded_by: "MES", participations: event.parts.map(mention), parameters: parametersOf(event), content_hash: "9f2c".repeat(16), voids: null, voided_by: null,
  context: ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld"],
  document: { type: event.type, eventTime: iso(event.time), bizStep: event.step, epcList: event.parts.map((p) => p.item.uri) },
  reading: reading(event),
});

/** Events of an item and, for what happened to its carriers while it was in them, theirs. */
function eventsOf(plant: Plant, item: PlantItem): PlantEvent[] {
  const carriers = new Set([item, ...plant.inside(item)]);
  return plant.events.filter((event) => event.parts.some((p) => carriers.has(p.item)));
}

export function itemRow(plant: Plant, item: PlantItem): ItemRow {
  const last = plant.events.findLast((event) => event.parts.some((p) => p.item === item));
  return {
    id: item.id, uri: item.uri, label: item.label, kind: item.kind, product: item.product?.uri ?? null, product_name_zh: item.product?.zh ?? null,
    product_name_en: item.product?.en ?? null, lot: item.lot, serial: item.serial, last_seen: last ? iso(last.time) : null,
    place: item.place?.uri ?? null, place_name_zh: item.place?.zh ?? null, place_name_en: item.place?.en ?? null, state: item.state, disposition: null,
  };
}

export function itemDetail(plant: Plant, item: PlantItem): ItemDetail {
  const inside = plant.inside(item);
  const place = inside[0]?.place ?? item.place;
  const events = eventsOf(plant, item);
  const last = events.at(-1);
  return {
    ...itemRow(plant, item),
    where: {
      place_uri: place?.uri ?? null, place_name_zh: place?.zh ?? null, place_name_en: place?.en ?? null, since: last ? iso(last.time) : null,
      state: inside[0]?.state ?? item.state, disposition: last?.disposition ?? null,
      inside: inside.toReversed().map(({ id, uri, label, kind }) => ({ id, uri, label, kind })),
    },
    first_seen: events[0] ? iso(events[0].time) : null, event_count: events.length, attributes: {},
    contents_count: plant.events.filter((e) => e.parts.some((p) => p.role === "parent" && p.item === item)).reduce((n, e) => n + e.parts.length - 1, 0),
    lot_item: null,
  };
}

export function timeline(plant: Plant, item: PlantItem): TimelineRow[] {
  return eventsOf(plant, item).reverse().map((event) => {
    const own = event.parts.filter((p) => p.item === item);
    return {
      ...eventRow(event), roles: own.map((p) => p.role), quantity: own[0]?.quantity ?? null, unit: own[0]?.unit ?? null,
      parameters: parametersOf(event), reading: reading(event),
    };
  });
}

interface Step {
  readonly item: PlantItem;
  readonly event: PlantEvent;
  readonly verdict: Verdict;
}

function steps(plant: Plant, direction: TraceDirection): Map<PlantItem, Step[]> {
  const found = new Map<PlantItem, Step[]>();
  for (const event of plant.events) {
    const sources = event.parts.filter((p) => p.role === "input" || p.role === "child");
    const targets = event.parts.filter((p) => p.role === "output" || p.role === "parent");
    for (const source of sources) {
      // two lots of one product in the same process: nobody can say which one went in
      const twin = sources.some((p) => p !== source && p.role === "input" && p.item.product === source.item.product);
      for (const target of targets) {
        const [key, item] = direction === "forward" ? [source.item, target.item] : [target.item, source.item];
        const list = found.get(key) ?? [];
        list.push({ item, event, verdict: twin ? "possible" : "certain" });
        found.set(key, list);
      }
    }
  }
  return found;
}

export interface AnswerOptions {
  readonly code: string;
  readonly depth: number | null;
  readonly limit: number | null;
  readonly closure: boolean;
}

/** A trace in the shape the server gives it: breadth first, twins make possible; the rest of the run is excluded. */
export function traceAnswer(plant: Plant, start: PlantItem, direction: TraceDirection, options: AnswerOptions): TraceAnswer {
  const next = steps(plant, direction);
  const items = new Map<PlantItem, TraceItem>([[start, row(start, "start", "certain", 0, null, null)]]);
  const edges: TraceAnswer["edges"] = [];
  const events = new Map<PlantEvent, Verdict>();
  const queue = [start];
  for (let head = 0; head < queue.length; head++) {
    const from = queue[head];
    const own = from && items.get(from);
    if (!own || (options.depth !== null && own.depth >= options.depth)) continue;
    for (const { item, event, verdict } of next.get(from) ?? []) {
      const sure: Verdict = own.verdict === "possible" ? "possible" : verdict;
      edges.push({ source: direction === "forward" ? own.id : item.id, target: direction === "forward" ? item.id : own.id, event: event.number });
      if (sure === "certain" || !events.has(event)) events.set(event, sure);
      const known = items.get(item);
      if (known) {
        if (sure === "certain") known.verdict = "certain";
        continue;
      }
      items.set(item, row(item, item.kind === "carrier" ? "carrier" : "product", sure, own.depth + 1, event, from));
      queue.push(item);
    }
  }
  if (options.closure && direction === "forward") exclude(plant, start, items);
  return finished(start, direction, options, [...items.values()], edges, events, plant);
}

/** Panels that ran right after the reel was used up: the time-blind closure lists them, their own record does not. */
function exclude(plant: Plant, start: PlantItem, items: Map<PlantItem, TraceItem>): void {
  if (start.kind !== "lot") return;
  const panels = plant.items.filter((item) => item.uri.includes("/21/PN") && !items.has(item)).slice(0, 14);
  panels.forEach((item, i) => {
    const made = row(item, "product", "excluded", 1, null, start);
    made.reason = i % 3 ? "own_record" : "before";
    made.reason_event = plant.events.find((e) => e.parts.some((p) => p.item === item))?.number ?? null;
    items.set(item, made);
  });
}

function row(item: PlantItem, role: TraceItem["role"], verdict: Verdict, depth: number, event: PlantEvent | null, via: PlantItem | null): TraceItem {
  return {
    id: item.id, uri: item.uri, label: item.label, kind: item.kind, role, verdict, since: event ? iso(event.time) : null, until: null, depth,
    via_event: event?.number ?? null, via_item: via?.id ?? null, doubts: verdict === "possible" ? ["mixed"] : [], reason: null, reason_event: null, serial: item.serial, disposition: null, place: item.place?.uri ?? null,
    product: item.product?.uri ?? null,
    product_name_zh: item.product?.zh ?? null, product_name_en: item.product?.en ?? null, lot: item.lot, hidden: false, state: item.state,
    place_name_zh: item.place?.zh ?? null, place_name_en: item.place?.en ?? null,
  };
}

function counted(values: readonly (string | null)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of values) if (value) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

function finished(start: PlantItem, direction: TraceDirection, options: AnswerOptions, all: TraceItem[], edges: TraceAnswer["edges"],
  events: Map<PlantEvent, Verdict>, plant: Plant): TraceAnswer {
  const items = options.limit === null ? all : all.slice(0, options.limit);
  const kept = new Set(items.map((item) => item.id));
  const of = (verdict: Verdict): number => all.filter((item) => item.verdict === verdict).length;
  const scope = all.filter((item) => item.verdict !== "excluded");
  const seen = [...events.keys()];
  const whoWhat = (pick: (e: PlantEvent) => Named | null): TraceAnswer["people"] => {
    const found = new Map<string, TraceAnswer["people"][number]>();
    for (const event of plant.events) {
      const named = event.parts.some((p) => kept.has(p.item.id)) ? pick(event) : null;
      if (!named) continue;
      const entry = found.get(named.uri) ?? { uri: named.uri, name_zh: named.zh, name_en: named.en, events: 0, since: iso(event.time), until: iso(event.time) };
      entry.events++;
      entry.until = iso(event.time);
      found.set(named.uri, entry);
    }
    return [...found.values()].sort((a, b) => b.events - a.events);
  };
  const measured = plant.events.filter((e) => e.parameters.length && e.parts.some((p) => kept.has(p.item.id) && p.role !== "input"));
  return {
    question: { direction, code: options.code, uri: start.uri, item_id: start.id, as_of: null, since: null, depth: options.depth, limit: options.limit, siblings: false, closure: options.closure },
    items, edges: edges.filter((e) => kept.has(e.source) && kept.has(e.target)),
    events: seen.map((event) => ({
      number: event.number, event_id: eventRow(event).event_id, type: event.type, action: event.action, time: iso(event.time), biz_step: event.step,
      place: event.place.uri, place_name_zh: event.place.zh, place_name_en: event.place.en, disposition: event.disposition, offset_minutes: 480, reason: null, person: event.person?.uri ?? null, equipment: event.equipment?.uri ?? null, verdict: events.get(event) ?? "certain",
    })),
    gaps: start.kind === "unit" ? [{ kind: "lot_unknown", item_id: start.id, event: null,
      title_zh: "外壳批次没有收货记录，供应商一侧断链", title_en: "The housing lot has no receiving record: the chain breaks at the supplier" }] : [],
    summary: {
      certain: of("certain"), possible: of("possible"), excluded: of("excluded"), by_kind: counted(scope.map((i) => i.kind)),
      by_product: counted(scope.map((i) => i.product)), by_place: counted(scope.map((i) => i.place_name_zh)), by_state: counted(scope.map((i) => i.state)),
      closure: options.closure ? all.length : null, elsewhere: 0, elsewhere_events: 0,
    },
    people: whoWhat((e) => e.person), equipment: whoWhat((e) => e.equipment),
    places: whoWhat((e) => e.place),
    parameters: measured.slice(0, 400).flatMap((e) => e.parameters.map(({ name, value, unit, low, high, ok }) => (
      { name, value: String(value), unit, low: exact(low), high: exact(high), ok, event: e.number, time: iso(e.time) }))),
    truncated: items.length < all.length, truncated_counts: items.length < all.length ? { items: all.length - items.length } : {},
    known_as_of: iso(Date.now()), took_ms: 6.4,
  };
}
