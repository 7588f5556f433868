/** The checks themselves, in the order of `production/domain/executing.py`. */
import { Decimal } from "../../expressions/decimal";
import { Portions } from "./portions";
import { RouteMap, match } from "./route";
import type { Bill, DeviceEvent, Done, EventItem, Finding, Judged, Line, OpenOrder, Operation, Param, Route, Unknown, World } from "./types";

const HELD = new Set(["quarantined", "recalled", "non_conformant", "damaged", "expired", "unavailable", "stolen", "destroyed", "disposed"]);
const FAILED = new Set([...HELD, "needs_replacement", "mismatch_quantity"]);
const ALWAYS = new Set(["destroying", "decommissioning", "urn:suyuan:vocab:step:feed"]);
const OPEN = new Set(["released", "started"]);
const HUNDRED = Decimal.whole(100);

const maps = new WeakMap<Route, RouteMap>();
function mapOf(route: Route): RouteMap {
  const known = maps.get(route) ?? new RouteMap(route);
  maps.set(route, known);
  return known;
}

const numberOf = (value: string | number | null | undefined): Decimal => Decimal.typed(String(value ?? 0)) ?? Decimal.ZERO;
const amountOf = (quantity: string | null | undefined): Decimal | null => (quantity === null || quantity === undefined ? null : Decimal.typed(quantity));
const nameOf = (operation: Operation): Param => [operation.name_zh, operation.name_en];
const listOf = (names: readonly Param[]): Param => [names.map((each) => (typeof each === "string" ? each : each[0])).join("、") || "–", names.map((each) => (typeof each === "string" ? each : each[1])).join(", ") || "–"];
const tail = (uri: string): string => uri.replace(/\/+$/u, "").split(/[:/]/u).at(-1) ?? uri;
const resultOf = (disposition: string | null) => (disposition !== null && FAILED.has(disposition) ? "failed" : "passed");

class Judge {
  readonly findings: Finding[] = [];
  readonly unknown = new Set<Unknown>();

  constructor(
    readonly event: DeviceEvent,
    readonly world: World,
    readonly order: OpenOrder,
  ) {}

  say(check: string, code: string, item: string | null, params: Record<string, Param> = {}): void {
    this.findings.push({ check, code: `production.${code}`, params, item });
  }

  isProduct({ product, uri, role }: EventItem): boolean {
    const made = new Set([this.order.product, ...(this.order.route?.products ?? [])]);
    return (product !== null && made.has(product)) || made.has(uri) || (product === null && (role === "s" || role === "o"));
  }

  standingOf(known: RouteMap, uri: string, history: readonly Done[]): Portions {
    const standing = new Portions(known, this.world.lot(uri), numberOf(this.order.quantity));
    for (const done of history) {
      if (done.order !== this.order.uri || done.role === "i") continue;
      const operation = match(known.route, done.step, done.node, done.place);
      if (operation) standing.take(operation.id, resultOf(done.disposition), amountOf(done.quantity), done.unit);
      else if (done.role === "o") standing.loseCount();
    }
    return standing;
  }

  ofRoute(known: RouteMap, operation: Operation | null): void {
    const { event, order } = this;
    const made = event.items.filter((each) => each.role !== "i" && this.isProduct(each));
    if (!operation) {
      const [first] = made;
      if (first && !(event.step !== null && ALWAYS.has(event.step)) && !made.some(({ role }) => role === "c")) this.say("route_step", "no_operation", first.uri, { order: order.number });
      return;
    }
    if (!made.length) {
      const stranger = event.items.find(({ role }) => role === "s" || role === "o");
      if (stranger) this.say("route_step", "wrong_product", stranger.uri, { item: stranger.label, order: order.number });
      return;
    }
    for (const item of made) {
      const history = this.world.history(item.uri);
      if (history === null) {
        this.unknown.add("history");
        continue;
      }
      const standing = this.standingOf(known, item.uri, history);
      const given = amountOf(item.quantity);
      const left = item.kind === "lot" && given ? standing.left(operation.id, item.unit) : null;
      const due = known.legal(standing.marking).has(operation.id) || standing.fits(operation.id, given);
      if (!due) this.notNow(known, operation, item, standing, left);
      else {
        if (left && given && given.compare(left) > 0) this.tooLarge("portion", known, operation, item, standing, left);
        this.ofWaiting(known, item, history);
      }
    }
  }

  notNow(known: RouteMap, operation: Operation, item: EventItem, standing: Portions, left: Decimal | null): void {
    const { marking } = standing;
    if (!known.again(operation.id, marking) && marking.tokens.some((token) => token.includes(operation.id)))
      this.say("route_step", "rework_spent", item.uri, { item: item.label, operation: nameOf(operation), count: String(marking.done[operation.id] ?? 0) });
    else if (left && left.units > 0n) this.tooLarge("route_step", known, operation, item, standing, left);
    else {
      const names = [...known.legal(marking)].sort().flatMap((each) => known.operations.get(each) ?? []);
      this.say("route_step", "wrong_step", item.uri, { item: item.label, operation: nameOf(operation), allowed: listOf(names.map(nameOf)) });
    }
  }

  tooLarge(check: string, known: RouteMap, operation: Operation, item: EventItem, standing: Portions, left: Decimal): void {
    const where = standing.sources(operation.id).flatMap(([each, came]): [string, string][] => {
      const found = known.operations.get(each);
      return found ? [[`“${found.name_zh}” → ${came.toString()}`, `“${found.name_en}” → ${came.toString()}`]] : [];
    });
    const had = standing.had(operation.id).toString();
    where.push([`→ “${operation.name_zh}” ${had}`, `→ “${operation.name_en}” ${had}`]);
    this.say(check, "portion_too_large", item.uri, {
      item: item.label, operation: nameOf(operation), given: numberOf(item.quantity).toString(), left: left.toString(),
      where: [where.map(([zh]) => zh).join("，"), where.map(([, en]) => en).join(", ")],
    });
  }

  ofWaiting(known: RouteMap, item: EventItem, history: readonly Done[]): void {
    const last = history.filter(({ order, role }) => order === this.order.uri && role !== "i").at(-1);
    const operation = last && match(known.route, last.step, last.node, last.place);
    if (!last || !operation?.minimum_wait_seconds) return;
    const left = operation.minimum_wait_seconds - (Date.parse(this.event.time) - Date.parse(last.time)) / 1000;
    if (left > 0) this.say("route_step", "too_early", item.uri, { item: item.label, operation: nameOf(operation), minutes: String(Math.ceil(left / 60)) });
  }

  ofMaterials(operation: Operation | null): void {
    for (const item of this.event.items) {
      const product = this.isProduct(item) && item.role !== "i";
      const wanted = this.order.bill?.revision;
      if (product && wanted && (item.product === null || item.product === this.order.product)) {
        const given = this.revisionOf(item);
        if (given !== null && given !== wanted) this.say("revision", "wrong_revision", item.uri, { item: item.label, given, order: this.order.number, wanted });
      }
      if (item.held && !(product && resultOf(this.event.disposition) === "failed")) {
        const waits = product && operation !== null && (operation.kind === "rework" || operation.kind === "inspection");
        if (!waits) this.say("held", "material_held", item.uri, { material: item.label, disposition: item.disposition ?? "" });
      }
      if (product || (item.role !== "i" && item.role !== "c")) continue;
      if (item.expiry !== null && item.expiry < this.event.day) this.say("expired", "material_expired", item.uri, { material: item.label, expiry: item.expiry });
      if (this.order.bill) this.ofBill(this.order.bill, item, operation);
    }
  }

  ofBill(bill: Bill, item: EventItem, operation: Operation | null): void {
    const { day } = this.event;
    const material = item.product ?? item.uri;
    const within = ({ valid_from, valid_to }: Line) => (!valid_from || valid_from <= day) && (!valid_to || day <= valid_to);
    // a repair replaces parts of any operation
    const lines = (bill.lines ?? []).filter((line) => within(line) && (!line.operation || operation === null || operation.kind === "rework" || line.operation === operation.id));
    const wanted = listOf(lines.map((line) => tail(line.material)));
    for (const line of lines) {
      if (line.material === material) {
        if (line.revision) this.ofMaterialRevision(item, line.revision);
        this.ofQuantity(item, line, line.quantity);
        return;
      }
      const other = (line.alternatives ?? []).find((each) => each.material === material);
      if (!other) continue;
      if (other.needs_approval) this.say("alternative", "alternative_unapproved", item.uri, { material: item.label, wanted: tail(line.material) });
      this.ofQuantity(item, line, other.quantity);
      return;
    }
    this.say("material", "wrong_material", item.uri, { material: item.label, order: this.order.number, revision: bill.revision || "–", wanted });
  }

  /** The drawing revision of an item: as told, else that of the bill it was begun by; null where the device cannot know. */
  revisionOf({ uri, product, revision }: EventItem): string | null {
    if (revision) return revision;
    const begun = this.world.history(uri)?.find(({ role }) => role === "o" || role === "s");
    const order = begun ? this.world.order(begun.order) : null;
    return order && (product === null || product === order.product) ? order.bill?.revision || null : null;
  }

  ofMaterialRevision(item: EventItem, wanted: string): void {
    const given = this.revisionOf(item);
    if (given === null) this.unknown.add("revision");
    else if (given !== wanted) this.say("revision", "material_revision", item.uri, { material: item.label, given, order: this.order.number, wanted, name: tail(item.product ?? item.uri) });
  }

  ofQuantity(item: EventItem, line: Line, usage: string | number): void {
    const goingIn = item.quantity === null ? Decimal.whole(item.kind === "unit" ? 1 : 0) : numberOf(item.quantity);
    if (goingIn.units === 0n) return;
    const used = this.world.used(this.order.uri, item.product ?? item.uri);
    if (used === null) {
      this.unknown.add("used");
      return;
    }
    const would = numberOf(used).add(goingIn);
    // would > quantity × usage ÷ (1 − scrap %), without dividing
    const most = numberOf(this.order.quantity).multiply(numberOf(usage)).multiply(HUNDRED);
    const share = HUNDRED.subtract(numberOf(line.scrap_percent));
    if (would.multiply(share).compare(most) > 0) {
      const allowed = most.divide(share) ?? most;
      this.say("quantity", "over_consumption", item.uri, { material: tail(item.product ?? item.uri), would: would.toString(), allowed: allowed.toString(), order: this.order.number });
    }
  }

  ofMeans(operation: Operation): void {
    const { equipment: used, place, day } = this.event;
    const known = used === null ? null : this.world.machine(used);
    const centre = operation.work_centre ?? null;
    const wanted = operation.equipment_class ?? null;
    if (centre !== null || wanted !== null) {
      const stands = known !== null && (centre === null || centre === used || known.above.includes(centre));
      const fits = known !== null && (wanted === null || known.class === wanted);
      const atPlace = centre !== null && (place ?? "").startsWith(centre);
      if (!(stands && fits) && !(used === null && atPlace && wanted === null))
        this.say("equipment", "wrong_equipment", null, { operation: nameOf(operation), equipment: used === null ? "–" : tail(used), wanted: [wanted, centre === null ? null : tail(centre)].filter(Boolean).join(" / ") });
    }
    if (known?.due && known.due < day) this.say("calibration", "not_calibrated", null, { tool: tail(used ?? ""), due: known.due });
    for (const each of operation.tool_classes ?? []) {
      const there = this.world.calibrated(each, day);
      if (there === null) this.unknown.add("tools");
      else if (!there) this.say("calibration", "no_tool", null, { operation: nameOf(operation), tool: each });
    }
    const codes = operation.qualifications ?? [];
    const missing = codes.length ? this.world.missing(this.event.person ?? "–", codes, day) : [];
    if (missing.length) this.say("qualified", "not_qualified", null, { person: tail(this.event.person ?? "–"), operation: nameOf(operation), wanted: missing.join(", "), holders: "–" });
  }

  ofProcess(operation: Operation): void {
    for (const [type, value] of this.event.values) {
      const limit = (operation.parameters ?? []).findLast((each) => each.type.split(":").at(-1) === type);
      const given = Decimal.typed(value);
      if (!limit || !given) continue;
      const low = limit.low === null ? null : numberOf(limit.low);
      const high = limit.high === null ? null : numberOf(limit.high);
      if ((low !== null && given.compare(low) < 0) || (high !== null && given.compare(high) > 0))
        this.say("parameter", "parameter_out_of_limits", null, { operation: nameOf(operation), type, given: given.toString(), low: low?.toString() ?? "–∞", high: high?.toString() ?? "∞" });
    }
    const revision = operation.instruction_revision ?? `v${this.order.route_version}`;
    if (operation.read_required && operation.instructions?.length && !this.world.hasRead(this.order.route_key, operation.id, revision))
      this.say("instructions", "instructions_unread", null, { person: tail(this.event.person ?? "–"), operation: nameOf(operation), revision });
    if (operation.recipe && this.event.recipe !== operation.recipe) this.say("recipe", "wrong_recipe", null, { operation: nameOf(operation), given: this.event.recipe || "–", wanted: operation.recipe });
  }
}

/** What is wrong with an event of an order; nothing for events of no order that the device knows. */
export function judge(event: DeviceEvent, world: World): Judged {
  const named = event.order ?? event.items.filter(({ role }) => role !== "i").flatMap(({ uri }) => world.history(uri)?.at(-1)?.order ?? [])[0];
  const order = named === undefined ? null : world.order(named);
  if (!order) return { findings: [], unknown: [] };
  const known = order.route ? mapOf(order.route) : null;
  const operation = known && match(known.route, event.step, event.node, event.place);
  if (!operation && event.order === null) return { findings: [], unknown: [] };
  const made = new Judge(event, world, order);
  if (!OPEN.has(order.state)) made.say("route_step", "order_not_open", null, { order: order.number, state: order.state });
  if (known) made.ofRoute(known, operation);
  made.ofMaterials(operation);
  if (operation) {
    made.ofMeans(operation);
    made.ofProcess(operation);
  }
  return { findings: made.findings, unknown: [...made.unknown] };
}
