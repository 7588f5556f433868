/** The execution checks on this device: what an entry would mean as events, judged by what the device holds of production. */
import { type DeviceFault, type FormState, type Meaning, type Node, evaluate, isScan, singles } from "../capture";
import type { Scanned } from "../capture/decode";
import { judge } from "../capture/execution/judge";
import type { DeviceEvent, EventItem, Finding, Param, World } from "../capture/execution/types";
import { Decimal } from "../expressions/decimal";
import { type Floor, type FloorWork, type Learned, useFloor } from "./floor";
import { usePda } from "./state";
import { textIn } from "./texts";

export interface Execution {
  faults: readonly DeviceFault[];
  /** What the device could not check, as the names of texts. */
  unknown: readonly string[];
  events: readonly DeviceEvent[];
}

/** Faults that hang on what happens meanwhile elsewhere: online the server tells, which knows; offline they only warn. */
const AGES = new Set(["order_not_open", "wrong_step", "rework_spent", "too_early", "portion_too_large", "over_consumption", "not_calibrated", "no_tool", "not_qualified"].map((code) => `production.${code}`));
/** Of these, what this device did itself is certain. */
const OWN = new Set(["production.wrong_step", "production.rework_spent", "production.too_early"]);

const NOTHING: Execution = { faults: [], unknown: [], events: [] };
const COUNTED = new Set(["lot", "product"]);
const tail = (text: string): string => text.split(":").at(-1) ?? text;

const productOf = ({ item, gtin }: Scanned): string | null => item?.product ?? (gtin === null ? null : `https://id.gs1.org/01/${gtin.padStart(14, "0")}`);

/** A single value of a field, as text. */
function textOf(state: FormState, id: string | null | undefined): string | null {
  const found = id ? singles(state.fields.find(({ field }) => field.id === id)?.value)[0] : undefined;
  return typeof found === "string" ? found : isScan(found) ? found.raw : null;
}

/** What was scanned at a field, or in the column of a sub-table (`table.column`), with the amount that goes with it. */
function amountsOf(state: FormState, name: string, quantity: string | null | undefined): { scanned: Scanned; amount: string | null }[] {
  const [table, column] = name.split(".");
  const found = state.fields.find(({ field }) => field.id === table);
  if (column === undefined) return (found?.scanned ?? []).map((scanned) => ({ scanned, amount: textOf(state, quantity) }));
  const own = quantity?.startsWith(`${table ?? ""}.`) ? quantity.slice((table ?? "").length + 1) : null;
  return (found?.rows ?? []).flatMap((row) => {
    const scanned = row.fields.find(({ field, visible }) => visible && field.id === column)?.scanned[0];
    return scanned ? [{ scanned, amount: own === null ? textOf(state, quantity) : (row.fields.find(({ field }) => field.id === own)?.result ?? textOf(row, own)) }] : [];
  });
}

/** The unit in which a number field, or a column of numbers (`table.column`), counts; null: pieces. */
function unitOf(state: FormState, name: string | null | undefined): string | null {
  const [id, column] = (name ?? "").split(".");
  const field = state.fields.find((each) => each.field.id === id)?.field;
  const counting = column === undefined ? field : field?.columns?.find((each) => each.id === column);
  return counting?.unit || null;
}

function itemsOf(state: FormState, meaning: Meaning): EventItem[] {
  const counted = (fields: readonly string[]) => fields.map((field) => ({ field, quantity: meaning.quantity?.[field] ?? null }));
  const groups = meaning.event === "transformation" ? ([["i", meaning.inputs ?? []], ["o", meaning.outputs ?? []]] as const) : meaning.event === "aggregation" || meaning.event === "association" ? ([["c", counted(meaning.children ?? [])]] as const) : ([["s", counted(meaning.subjects ?? [])]] as const);
  return groups.flatMap(([role, several]) =>
    several.flatMap(({ field, quantity }) =>
      amountsOf(state, field, quantity).map(({ scanned, amount }): EventItem => ({
        uri: scanned.uri,
        label: scanned.label,
        product: productOf(scanned),
        kind: scanned.class,
        role,
        quantity: COUNTED.has(scanned.class ?? "") ? amount : null,
        unit: unitOf(state, quantity),
        held: scanned.item?.held === true,
        disposition: scanned.item?.disposition ?? null,
        expiry: scanned.expiry?.slice(0, 10) ?? null,
      })),
    ),
  );
}

function orderOf(state: FormState, floor: Floor, id: string | null | undefined): string | null {
  const scanned = state.fields.find(({ field }) => field.id === id)?.scanned[0];
  const given = scanned?.raw.trim() ?? textOf(state, id)?.trim();
  if (!given) return null;
  return floor.orders.find(({ uri, number }) => uri === given || uri === scanned?.uri || number === given)?.uri ?? given;
}

/** What an entry would be on record, as far as the checks go. */
export function eventsOf(node: Node, state: FormState, floor: Floor, place: string | null, person: string | null, now: Date): DeviceEvent[] {
  const { body } = node;
  const holds = (meaning: Meaning) => {
    if (meaning.when === null || meaning.when === undefined) return true;
    try {
      return evaluate(meaning.when, state.named, now) === true;
    } catch {
      return false;
    }
  };
  const ofKind = (kind: string) => state.fields.find(({ field, filled }) => field.kind === kind && filled)?.field.id;
  const two = (value: number) => String(value).padStart(2, "0");
  const where = body.place?.from === "field" ? textOf(state, body.place.field) : body.place?.from === "fixed" ? (body.place.uri ?? null) : place;
  return (body.meaning ?? []).filter(holds).map((meaning): DeviceEvent => {
    const told = (meaning.parameters ?? []).flatMap(({ field, type }): [string, string][] => {
      const [table, column] = field.split(".");
      const told = column === undefined ? [textOf(state, field)] : (state.fields.find((each) => each.field.id === table)?.rows ?? []).map((row) => textOf(row, column));
      return told.flatMap((value): [string, string][] => (value === null ? [] : [[tail(type || `parameter:${field}`).replace(/^MeasurementType-/u, ""), value]]));
    });
    return {
      order: orderOf(state, floor, meaning.order),
      node: node.key,
      step: meaning.step || body.step || null,
      place: where,
      equipment: textOf(state, ofKind("equipment")),
      person: textOf(state, ofKind("person")) ?? person,
      disposition: meaning.disposition || body.disposition || null,
      time: now.toISOString(),
      day: `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`,
      items: itemsOf(state, meaning),
      values: told,
      recipe: textOf(state, "recipe") ?? told.find(([type]) => type === "recipe")?.[1] ?? "",
    };
  });
}

export function worldOf(floor: Floor, work: FloorWork, learned: Learned, read: ReadonlySet<string>): World {
  const known = new Set(work.items);
  const versioned = (name: string | null): [string, number] => (name === null ? ["", 0] : [name.slice(0, name.lastIndexOf("@")), Number(name.slice(name.lastIndexOf("@") + 1))]);
  return {
    order: (uri) => {
      const found = floor.orders.find((each) => each.uri === uri);
      if (!found) return null;
      const [route_key, route_version] = versioned(found.route);
      return { ...found, route: found.route === null ? null : (floor.routes[found.route] ?? null), bill: found.bill === null ? null : (floor.bills[found.bill] ?? null), route_key, route_version };
    },
    // of an item that is not among those in work the device knows no more than what was done here
    history: (uri) => {
      const here = learned.done.filter(({ item }) => item === uri);
      return known.has(uri) ? [...work.done.filter(({ item }) => item === uri), ...here] : here.length ? here : null;
    },
    used: (order, material) =>
      [...work.used, ...learned.used]
        .filter((each) => each.order === order && each.material === material)
        .reduce((sum, { quantity }) => sum.add(Decimal.typed(quantity) ?? Decimal.ZERO), Decimal.ZERO)
        .toString(),
    lot: (uri) => work.lots.find(({ item }) => item === uri) ?? null,
    machine: (uri) => {
      const found = work.machines.find((each) => each.uri === uri);
      return found ? { class: found.class_name, above: found.above, due: found.due } : null;
    },
    calibrated: (kind, day) => work.machines.some(({ class_name, tool, due }) => tool && class_name === kind && (due === null || due >= day)),
    missing: (person, codes, day) => codes.filter((code) => !floor.holders.some((each) => each.person === person && each.code === code && each.valid_from <= day && (each.valid_to === null || day <= each.valid_to))),
    hasRead: (route, operation, revision) => read.has(`${route} ${operation} ${revision}`),
  };
}

function filled(template: string, params: Finding["params"], language: "zh" | "en"): string {
  const told = (param: Param | undefined) => (param === undefined ? "–" : typeof param === "string" ? param : param[language === "zh" ? 0 : 1]);
  return template.replaceAll(/\{(\w+)\}/gu, (_, name: string) => told(params[name]));
}

/** A finding as a fault of the form; null where the plant has switched the check off, or the device has no words for it. */
export function faultOf(finding: Finding, floor: Floor, state: FormState): DeviceFault | null {
  const level = floor.levels[finding.check];
  const words = floor.faults.find(({ code }) => code === finding.code);
  if (!words || (level !== "warn" && level !== "refuse" && level !== "approve")) return null;
  const field = state.fields.find(({ scanned }) => scanned.some(({ uri }) => uri === finding.item))?.field.id ?? null;
  const stateOf = finding.params.state;
  const params = typeof stateOf === "string" ? { ...finding.params, state: [textIn("zh", `pda.orderState.${stateOf as "paused"}`), textIn("en", `pda.orderState.${stateOf as "paused"}`)] as const } : finding.params;
  return {
    check: finding.check, field, level, code: "expression", params: {},
    text_zh: filled(words.text_zh, params, "zh"), text_en: filled(words.text_en, params, "en"),
    remedy_zh: filled(words.remedy_zh, params, "zh"), remedy_en: filled(words.remedy_en, params, "en"),
  };
}

/** Judge an entry in the making; until it is complete, only what is wrong with the things that were scanned. */
export function execution(node: Node, state: FormState, person: string | null): Execution {
  const { floor, work, learned, read } = useFloor.getState();
  if (!floor || !floor.orders.length) return NOTHING;
  const events = eventsOf(node, state, floor, usePda.getState().place, person, new Date());
  const onOrder = events.some((event) => event.order !== null);
  if (!work) return { ...NOTHING, events, unknown: onOrder ? ["history", "used", "machine", "tools"] : [] };
  const world = worldOf(floor, work, learned, read);
  const judged = events.map((event) => judge(event, world));
  const findings = judged.flatMap((each) => each.findings).filter(({ item }) => state.complete || item !== null);
  const { online } = usePda.getState();
  const here = new Set(learned.done.map(({ item }) => item));
  const faults = findings
    .filter(({ code }) => !online || !AGES.has(code))
    .flatMap((finding) => {
      const fault = faultOf(finding, floor, state);
      const certain = !AGES.has(finding.code) || (OWN.has(finding.code) && finding.item !== null && here.has(finding.item));
      return fault ? [certain ? fault : { ...fault, level: "warn" as const }] : [];
    });
  const put = events.some(({ order, items }) => order !== null && items.some(({ role, kind }) => role === "i" && kind === "lot"));
  return { faults, events, unknown: [...new Set([...judged.flatMap((each) => each.unknown), ...(put ? ["fetching"] : [])])] };
}

/** What an accepted entry did, for the checks of the entries after it. */
export function learnedOf({ events }: Execution): Learned {
  const onOrders = events.filter((event) => event.order !== null);
  const { floor } = useFloor.getState();
  return {
    done: onOrders.flatMap((event) => event.items.map(({ uri, role, quantity, unit = null }) => ({ item: uri, order: event.order ?? "", step: event.step, node: event.node, place: event.place, disposition: event.disposition, role, time: event.time, quantity, unit }))),
    used: onOrders.flatMap((event) => {
      const making = floor?.orders.find(({ uri }) => uri === event.order)?.product;
      return event.items.filter(({ role, product }) => (role === "i" || role === "c") && product !== making).map(({ uri, product, kind, quantity }) => ({ order: event.order ?? "", material: product ?? uri, quantity: quantity ?? (kind === "unit" ? "1" : "0") }));
    }),
  };
}
