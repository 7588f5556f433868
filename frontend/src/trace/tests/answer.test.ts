import { describe, expect, it } from "vitest";

import type { TraceAnswer } from "../../api/contract";
import { itemDetail, timeline, traceAnswer } from "../dev/answers";
import { Plant } from "../dev/plant";
import { genealogyOf, scopeItems, stateOf, type Wording } from "../genealogy";
import { limitText, seriesOf } from "../limits";
import { materialsOf } from "../Materials";
import { joined } from "../PeopleAndMachines";
import { placesOf } from "../Places";
import { filtered } from "../ScopeList";
import { byDay } from "../Timeline";

const plant = new Plant(160);
const wording: Wording = { product: (item) => item.product_name_en ?? "", place: (item) => item.place_name_en ?? "", because: (item) => item.reason ?? item.doubts.join() };
const options = { code: "", depth: null, limit: null, closure: true };

function find(label: string) {
  const item = plant.items.find((each) => each.label === label);
  if (!item) throw new Error(`the plant has no ${label}`);
  return item;
}
const unit = find("G3000042");
const reel = find("C2601042");
const back = traceAnswer(plant, unit, "back", options);
const forward = traceAnswer(plant, reel, "forward", options);

describe("answers as a graph", () => {
  it("holds every item once and every link with both ends", () => {
    const graph = genealogyOf([back], wording);
    expect(graph.nodes).toHaveLength(back.items.length);
    expect(graph.nodes.filter((node) => node.role === "start").map((node) => node.label)).toEqual(["G3000042"]);
    expect(graph.edgeCount).toBe(new Set(back.edges.map((edge) => `${edge.source}>${edge.target}`)).size);
  });

  it("hangs excluded items where they were reached from, with the reason", () => {
    const graph = genealogyOf([forward], wording);
    const excluded = graph.nodes.filter((node) => node.verdict === "excluded");
    expect(excluded.length).toBeGreaterThan(0);
    for (const node of excluded) {
      expect(node.reason).not.toBe("");
      expect(graph.incoming.offsets[graph.find(node.id) + 1]).toBeGreaterThan(graph.incoming.offsets[graph.find(node.id)] ?? 0);
    }
  });

  it("makes a link as sure as its weakest part", () => {
    const graph = genealogyOf([forward], wording);
    graph.verdicts.forEach((verdict, edge) => {
      if (verdict !== 0) return;
      expect(graph.nodes[graph.from[edge] ?? 0]?.verdict).toBe("certain");
      expect(graph.nodes[graph.to[edge] ?? 0]?.verdict).toBe("certain");
    });
  });

  it("joins both directions: the start once, the surer verdict", () => {
    const onward = traceAnswer(plant, unit, "forward", options);
    const items = scopeItems([back, onward]);
    expect(items).toHaveLength(back.items.length + onward.items.length - 1);
    expect(items.find((item) => item.role === "start")?.directions).toEqual(["back", "forward"]);
    const doubted: TraceAnswer = { ...onward, items: onward.items.map((item) => ({ ...item, verdict: "possible" })) };
    expect(scopeItems([back, doubted]).find((item) => item.label === "G3000042")?.verdict).toBe("certain");
  });

  it("reads signs from disposition before state", () => {
    expect([stateOf("active", "in_transit"), stateOf("consumed", null), stateOf("active", "non_conformant"), stateOf("active", "destroyed"), stateOf(null, null)]).toEqual([
      "shipped", "consumed", "held", "scrapped", null,
    ]);
  });
});

describe("lists", () => {
  const items = scopeItems([forward]);

  it("filters and puts the surest and nearest first", () => {
    const all = filtered(items, { search: "", kind: null, verdict: null, product: null });
    expect(all).toHaveLength(items.length);
    expect(all[0]?.role).toBe("start");
    expect(all.at(-1)?.verdict).toBe("excluded");
    expect(filtered(items, { search: "g3000001", kind: "unit", verdict: null, product: null }).map((item) => item.label)).toEqual(["G3000001"]);
  });

  it("groups lots by material and leaves out the excluded", () => {
    const materials = materialsOf(scopeItems([back]), wording.product);
    expect(materials.map((material) => material.name)).toContain("Capacitor 100 nF 0402");
    expect(materialsOf(items.map((item) => ({ ...item, verdict: "excluded" })), wording.product)).toEqual([]);
  });

  it("counts where things are", () => {
    const places = placesOf(items, wording.place);
    expect(places.reduce((sum, place) => sum + place.total, 0)).toBe(items.filter((item) => item.verdict !== "excluded").length);
    expect(places.every((place, i) => i === 0 || (places[i - 1]?.total ?? 0) >= place.total)).toBe(true);
  });

  it("adds up people over both directions", () => {
    const person = { uri: "p", name_zh: null, name_en: null, since: "", until: "" };
    expect(joined([[{ ...person, events: 2 }], [{ ...person, events: 3 }, { ...person, uri: "q", events: 9 }]]).map((entry) => entry.events)).toEqual([9, 5]);
  });

  it("groups the timeline by the day on the spot", () => {
    const rows = timeline(plant, unit);
    const days = byDay(rows);
    expect(days.flatMap(([, list]) => list)).toHaveLength(rows.length);
    const [first] = rows;
    if (!first) throw new Error("no rows");
    const late = { ...first, time: "2026-11-04T17:30:00Z", offset_minutes: 480 };
    expect(byDay([late]).map(([day]) => day)).toEqual(["2026-11-05"]);
  });
});

describe("parameters", () => {
  const measured = (value: string | boolean | null, ok: boolean | null = true) => ({ name: "T", value, unit: "CEL", low: "10", high: null, ok, event: 1 });

  it("summarises exact decimals against their limits", () => {
    const [series] = seriesOf([measured("20.5"), measured("9.5", false), measured(true), measured(null), measured("n/a")]);
    expect(series).toMatchObject({ name: "T", unit: "CEL", low: 10, high: null, min: 9.5, max: 20.5, mean: 15, outside: 1 });
    expect(series?.samples).toHaveLength(2);
    expect(seriesOf([])).toEqual([]);
  });

  it("writes limits as people do", () => {
    expect([limitText({ low: 1, high: 2 }), limitText({ low: 1 }), limitText({ high: "2.50" }), limitText({})]).toEqual(["1 … 2", "≥ 1", "≤ 2.50", null]);
  });
});

describe("the invented plant", () => {
  it("knows where a unit is: in its box, on its pallet, at the dealer's", () => {
    const { where } = itemDetail(plant, unit);
    expect(where?.inside.map((carrier) => carrier.kind)).toEqual(["carrier", "carrier"]);
    expect(where?.place_name_en).toMatch(/dealer|store|centre|goods/iu);
  });
});
