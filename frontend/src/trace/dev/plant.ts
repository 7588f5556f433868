import { random } from "../../graph/bench/sample";
import { EQUIPMENT, type Named, pad, PEOPLE, PLACES, PRODUCTS, sscc, urn } from "./names";

/** An item of the invented plant. */
export interface PlantItem {
  readonly id: number;
  readonly uri: string;
  readonly label: string;
  readonly kind: "unit" | "lot" | "carrier";
  readonly product: Named | null;
  readonly lot: string | null;
  readonly serial: string | null;
  state: string;
  place: Named | null;
}
export interface Part {
  readonly item: PlantItem;
  readonly role: "input" | "output" | "parent" | "child" | "subject";
  readonly quantity: string | null;
  readonly unit: string | null;
}
export interface Measured {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly low: number | null;
  readonly high: number | null;
  readonly ok: boolean;
}
export interface PlantEvent {
  readonly number: number;
  readonly type: string;
  readonly action: string | null;
  readonly time: number;
  readonly step: string;
  readonly disposition: string;
  readonly place: Named;
  readonly person: Named | null;
  readonly equipment: Named | null;
  readonly order: string | null;
  readonly parts: readonly Part[];
  readonly parameters: readonly Measured[];
}

const MINUTE = 60_000;
const SUPPLY = ["pcb", "capacitor", "mcu", "paste", "housing", "antenna"] as const;
type Supply = (typeof SUPPLY)[number];

/**
 * An electronics plant in small, deterministic: received lots → panels (with a reel change in the middle of a run) →
 * boards → gateways, tested and sometimes reworked → boxes of 20 → pallets → dealers.
 */
export class Plant {
  readonly items: PlantItem[] = [];
  readonly events: PlantEvent[] = [];
  private readonly rnd = random(20261103);
  private clock = Date.UTC(2026, 10, 2, 0, 0);
  private readonly stock = new Map<Supply, PlantItem[]>();

  constructor(units: number) {
    this.receive(units);
    const boards = this.populate(Math.ceil(units / 4));
    const good = boards.slice(0, units).map((board, i) => this.build(board, i));
    this.pack(good.filter((unit) => unit.state !== "scrapped"));
  }

  private item(uri: string, label: string, kind: PlantItem["kind"], product: Named | null, lot: string | null, serial: string | null): PlantItem {
    const made: PlantItem = { id: 1001 + this.items.length, uri, label, kind, product, lot, serial, state: "active", place: null };
    this.items.push(made);
    return made;
  }

  private unit(product: Named, serial: string): PlantItem {
    return this.item(`${product.uri}/21/${serial}`, serial, "unit", product, null, serial);
  }

  private event(minutes: number, type: string, action: string | null, step: string, place: number, person: number | null,
    machine: number | null, parts: readonly Part[], extra: { disposition?: string; parameters?: Measured[]; order?: string } = {}): void {
    this.clock += minutes * MINUTE * (0.6 + this.rnd() * 0.8);
    const at = PLACES[place] ?? PLACES[0];
    if (!at) return;
    for (const part of parts) if (part.role !== "input") part.item.place = at;
    this.events.push({
      number: this.events.length + 1, type, action, time: this.clock, step, disposition: extra.disposition ?? "in_progress", place: at,
      person: person === null ? null : (PEOPLE[person] ?? null), equipment: machine === null ? null : (EQUIPMENT[machine] ?? null),
      order: extra.order ?? null, parts, parameters: extra.parameters ?? [],
    });
  }

  private receive(units: number): void {
    for (const supply of SUPPLY) {
      const count = supply === "capacitor" || supply === "paste" ? Math.max(3, Math.ceil(units / 160)) : Math.max(2, Math.ceil(units / 300));
      const lots: PlantItem[] = [];
      for (let i = 0; i < count; i++) {
        const code = `${supply.slice(0, 1).toUpperCase()}26${pad(1042 + i * 7, 5)}`;
        const lot = this.item(`${PRODUCTS[supply].uri}/10/${code}`, code, "lot", PRODUCTS[supply], code, null);
        lots.push(lot);
        this.event(12, "ObjectEvent", "ADD", "receiving", 0, 0, null, [part(lot, "subject", "5000", "H87")]);
      }
      this.stock.set(supply, lots);
    }
    this.clock += 12 * 60 * MINUTE;
  }

  /** The lot in use for the i-th of n runs, and the one before it when it was just changed. */
  private feed(supply: Supply, i: number, n: number): PlantItem[] {
    const lots = this.stock.get(supply) ?? [];
    const at = (i / n) * lots.length;
    const current = lots[Math.min(lots.length - 1, Math.floor(at))];
    const previous = lots[Math.floor(at) - 1];
    const changing = previous && at - Math.floor(at) < 0.06;
    return current ? (changing ? [previous, current] : [current]) : [];
  }

  private measured(name: string, unit: string, target: number, spread: number, low: number | null, high: number | null): Measured {
    const value = Math.round((target + (this.rnd() + this.rnd() - 1) * spread) * 100) / 100;
    return { name, value, unit, low, high, ok: !(low !== null && value < low) && !(high !== null && value > high) };
  }

  private populate(panels: number): PlantItem[] {
    const boards: PlantItem[] = [];
    for (let i = 0; i < panels; i++) {
      const line = i % 2;
      const panel = this.unit(PRODUCTS.panel, `PN${pad(i + 1, 5)}`);
      const order = urn("order", `WO2611-${pad(Math.floor(i / 20) + 1, 3)}`);
      const inputs = (["pcb", "capacitor", "mcu", "paste"] as const).flatMap((s) => this.feed(s, i, panels)
        .map((lot) => part(lot, "input", s === "paste" ? "2.5" : s === "pcb" ? "1" : "24", s === "paste" ? "GRM" : "H87")));
      this.event(3, "TransformationEvent", null, urn("step", "smt"), 1 + line, 2 + line, line, [...inputs, part(panel, "output")], { order });
      this.event(4, "ObjectEvent", "OBSERVE", urn("step", "reflow"), 1 + line, null, 2, [part(panel, "subject")], {
        order, parameters: [this.measured("峰值温度", "CEL", 245, 7, 235, 250), this.measured("链速", "CMT/min", 85, 3, 80, 90)],
      });
      this.event(2, "ObjectEvent", "OBSERVE", urn("step", "aoi"), 1 + line, 3, 3, [part(panel, "subject")], { disposition: "conformant", order });
      const four = [1, 2, 3, 4].map((n) => this.unit(PRODUCTS.board, `MB${pad(i + 1, 5)}-${n}`));
      this.event(2, "TransformationEvent", null, urn("step", "depanel"), 1 + line, 3, null, [part(panel, "input"), ...four.map((b) => part(b, "output"))], { order });
      panel.state = "consumed";
      boards.push(...four);
    }
    return boards;
  }

  private test(unit: PlantItem, bad: boolean): void {
    const parameters = [
      this.measured("射频功率", "DBM", bad ? 16.1 : 18.4, 1.1, 17, 20), this.measured("待机电流", "MA", 4.2, 0.6, null, 5.2),
      this.measured("信噪比", "DB", 31, 3, 26, null),
    ];
    const ok = parameters.every((p) => p.ok);
    this.event(3, "ObjectEvent", "OBSERVE", "inspecting", 4, 5, 5, [part(unit, "subject")], { disposition: ok ? "conformant" : "non_conformant", parameters });
  }

  private build(board: PlantItem, i: number): PlantItem {
    const unit = this.unit(PRODUCTS.gateway, `G3${pad(i + 1, 6)}`);
    const lots = [...this.feed("housing", i, 400), ...this.feed("antenna", i, 400)].map((lot) => part(lot, "input", "1", "H87"));
    this.event(2, "TransformationEvent", null, "assembling", 3, 4, 4, [part(board, "input"), ...lots, part(unit, "output")], {
      parameters: [this.measured("螺丝扭矩", "CNM", 42, 5, 36, 48)], order: urn("order", `WO2611-${pad(101 + Math.floor(i / 80), 3)}`),
    });
    board.state = "consumed";
    const bad = this.rnd() < 0.05;
    this.test(unit, bad);
    if (bad) {
      this.event(25, "ObjectEvent", "OBSERVE", urn("step", "rework"), 5, 1, null, [part(unit, "subject")], { disposition: "in_progress" });
      this.test(unit, false);
      unit.state = this.rnd() < 0.15 ? "scrapped" : this.rnd() < 0.3 ? "held" : "active";
    }
    this.event(1, "ObjectEvent", "ADD", "commissioning", 3, 4, 6, [part(unit, "subject")], { disposition: "active" });
    return unit;
  }

  private pack(units: readonly PlantItem[]): void {
    const boxes: PlantItem[] = [];
    for (let i = 0; i < units.length; i += 20) {
      const inside = units.slice(i, i + 20);
      const code = sscc(1000 + boxes.length);
      const box = this.item(code, code.slice(-18), "carrier", null, null, null);
      this.event(8, "AggregationEvent", "ADD", "packing", 6, 4, null, [part(box, "parent"), ...inside.map((u) => part(u, "child"))]);
      boxes.push(box);
    }
    for (let i = 0; i < boxes.length; i += 6) {
      const load = boxes.slice(i, i + 6);
      const code = sscc(900_000 + i);
      const pallet = this.item(code, code.slice(-18), "carrier", null, null, null);
      this.event(15, "AggregationEvent", "ADD", "packing", 6, 1, null, [part(pallet, "parent"), ...load.map((b) => part(b, "child"))]);
      this.event(20, "ObjectEvent", "OBSERVE", "storing", 7, 1, null, [part(pallet, "subject")]);
      if (i / 6 >= Math.ceil(boxes.length / 6) - 1) continue;
      const dealer = 8 + ((i / 6) % 3);
      this.event(300, "ObjectEvent", "OBSERVE", "shipping", 7, 0, null, [part(pallet, "subject")], { disposition: "in_transit" });
      this.event(900, "ObjectEvent", "OBSERVE", "arriving", dealer, null, null, [part(pallet, "subject")], { disposition: "sellable_accessible" });
      pallet.state = "shipped";
    }
  }

  /** The carriers an item is in, outermost first. */
  inside(item: PlantItem): PlantItem[] {
    const chain: PlantItem[] = [];
    for (let current: PlantItem | undefined = item; current; ) {
      const child: PlantItem = current;
      current = this.events.find((e) => e.type === "AggregationEvent" && e.parts.some((p) => p.role === "child" && p.item === child))
        ?.parts.find((p) => p.role === "parent")?.item;
      if (current) chain.unshift(current);
    }
    return chain;
  }
}

function part(item: PlantItem, role: Part["role"], quantity: string | null = null, unit: string | null = null): Part {
  return { item, role, quantity, unit };
}
