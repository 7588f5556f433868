import { describe, expect, it } from "vitest";

import { type FormContext, ItemIndex, type Masters, type NodeBody, compareDecimals, evaluate, formState, identify, takeScan } from ".";
import { gs1Date } from "./decode";

const GS = "\u001d";
const MASTERS: Masters = { products: [], people: [], places: [{ uri: "urn:suyuan:demo:place:A1", code: "A1", name_zh: "甲库位", name_en: "Bin A1" }], equipment: [{ uri: "urn:suyuan:demo:equipment:M7", code: "M7", name_zh: null, name_en: null }] };
const ITEMS = new ItemIndex([
  { uri: "https://id.gs1.org/01/09521234543213/21/S1", label: "S1", kind: "unit", state: "active", lot: "L1", held: false, place: "urn:suyuan:demo:place:A1" },
  { uri: "https://id.gs1.org/01/09521234543213/21/S2", label: "S2", kind: "unit", held: true },
  { uri: "urn:suyuan:demo:unit:X-17", label: null, kind: "unit" },
]);
const CONTEXT: FormContext = { now: new Date(2026, 10, 22, 8, 0), evaluate, items: ITEMS };
const unit = (serial: string) => `]d2010952123454321321${serial}`;
const lot = (code: string, expiry = "261231") => `]d201095212345432131726${expiry.slice(2)}10${code}`;
const ref = (name: string) => ({ ref: name });

const RECEIVE: NodeBody = {
  fields: [
    { id: "item", kind: "scan", label_zh: "物料", label_en: "Material", classes: ["unit", "lot"] },
    { id: "quantity", kind: "number", label_zh: "数量", label_en: "Quantity", decimals: 2, min: "0.5", show: { op: "=", args: [ref("item.class"), { lit: "lot" }] } },
    { id: "total", kind: "formula", label_zh: "合计", label_en: "Total", value: { op: "*", args: [ref("quantity"), { lit: { num: "0.1" } }] } },
    { id: "reason", kind: "text", label_zh: "原因", label_en: "Reason", require: { op: ">", args: [ref("quantity"), { lit: { num: "100" } }] }, max: 5 },
    { id: "mode", kind: "choice", label_zh: "方式", label_en: "Mode", options: [{ value: "a", label_zh: "甲", label_en: "A" }], default: { lit: "a" }, lock: { lit: true } },
    { id: "place", kind: "location", label_zh: "库位", label_en: "Bin", required: false },
  ],
  checks: [
    { id: "expired", kind: "not_expired", level: "refuse", field: "item" },
    { id: "held", kind: "not_held", level: "approve", field: "item", text_zh: "别用", text_en: "Do not use" },
    { id: "whole", kind: "expression", level: "warn", field: "quantity", when: { op: "=", args: [ref("item.class"), { lit: "lot" }] }, value: { op: "=", args: [{ op: "%", args: [ref("quantity"), { lit: { num: "1" } }] }, { lit: { num: "0" } }] } },
  ],
};
const state = (values: Parameters<typeof formState>[1]) => formState(RECEIVE, values, CONTEXT);
const shown = (values: Parameters<typeof formState>[1]) => state(values).fields.filter(({ visible }) => visible).map(({ field }) => field.id);

describe("reading codes on the device", () => {
  it.each([
    [unit("S1"), "https://id.gs1.org/01/09521234543213/21/S1", "unit"],
    ["(01)09521234543213(21)S1", "https://id.gs1.org/01/09521234543213/21/S1", "unit"],
    ["https://brand.example/x/01/09521234543213/21/S1?17=261231", "https://id.gs1.org/01/09521234543213/21/S1", "unit"],
    [`]d20109521234543213 10L9`.replace(" ", ""), "https://id.gs1.org/01/09521234543213/10/L9", "lot"],
    [`]C10109521234543213310300125010L9${GS}21S1`, "https://id.gs1.org/01/09521234543213/21/S1", "unit"],
    ["]C100395011015300000011", "https://id.gs1.org/00/395011015300000011", "carrier"],
    ["X-17", "urn:suyuan:demo:unit:X-17", "unit"],
    ["PO-4711", "PO-4711", null],
    ["0102", "0102", null],
  ])("%s is %s", (raw, uri, kind) => {
    expect(identify(raw, ITEMS, 2026)).toMatchObject({ uri, class: kind });
  });

  it("reads dates in the nearest century, the last day for day 00", () => {
    expect([gs1Date("261231", 2026), gs1Date("260200", 2026), gs1Date("990101", 2026), gs1Date("760101", 2026), gs1Date("x", 2026)]).toEqual(["2026-12-31", "2026-02-28", "1999-01-01", "2076-01-01", null]);
  });

  it("never throws, whatever comes from the scanner", () => {
    for (const raw of ["", GS, "(01)", "]d2", "01", "https://x/01/%E0%A4%A/21/1", "8".repeat(500), "310"]) expect(identify(raw, ITEMS, 2026).raw).toBe(raw);
  });
});

describe("a form", () => {
  it("shows, asks and locks by expressions over what was scanned", () => {
    expect(shown({})).toEqual(["item", "total", "reason", "mode", "place"]);
    expect(state({}).next).toBe("item");
    const lots = state({ item: { raw: lot("L9") } });
    expect(lots.next).toBe("quantity");
    expect(state({ item: { raw: lot("L9") }, quantity: "2.5" }).complete).toBe(true);
    expect(state({ item: { raw: lot("L9") }, quantity: "250" }).next).toBe("reason");
    expect(lots.fields.find(({ field }) => field.id === "mode")).toMatchObject({ locked: true, value: "a", filled: true });
  });

  it("calculates exactly", () => {
    expect(state({ item: { raw: lot("L9") }, quantity: "0.7" }).fields[2]?.result).toBe("0.07");
    expect([compareDecimals("0.10", "0.1"), compareDecimals("-2", "1.5"), compareDecimals("10", "9.99")]).toEqual([0, -1, 1]);
  });

  it("leaves out what no longer shows", () => {
    const values = state({ item: { raw: unit("S1") }, quantity: "3" }).values;
    expect(Object.keys(values)).toEqual(["item", "mode"]);
  });

  it.each([["0.4", "least"], ["1.234", "decimals"], ["1e5", "number"]])("refuses the number %s", (quantity, code) => {
    const made = state({ item: { raw: lot("L9") }, quantity });
    expect(made.complete).toBe(false);
    expect(made.faults.map((fault) => fault.code)).toContain(code);
  });

  it("warns by an expression and goes on", () => {
    const made = state({ item: { raw: lot("L9") }, quantity: "2.5" });
    expect(made.faults).toMatchObject([{ check: "whole", level: "warn" }]);
    expect(made.complete).toBe(true);
  });

  it("survives an expression that does not fit", () => {
    const body: NodeBody = { fields: [{ id: "a", kind: "text", label_zh: "a", label_en: "a", show: { op: "+", args: [{ lit: "x" }, { lit: true }] } }] };
    expect(formState(body, {}, CONTEXT).fields[0]?.visible).toBe(false);
  });
});

describe("a scan", () => {
  const take = (raw: string, values = {}, current: string | null = "item", passed: string[] = [], body = RECEIVE) => takeScan(body, values, raw, current, MASTERS, CONTEXT, passed);

  it("fills the field that is asked for", () => {
    expect(take(unit("S1"))).toMatchObject({ verdict: "ok", field: "item", values: { item: { raw: unit("S1") } } });
  });

  it("finds the field that can take it, in whatever order people scan", () => {
    expect(take("A1", {}, "item")).toMatchObject({ verdict: "ok", field: "place", values: { place: "urn:suyuan:demo:place:A1" } });
  });

  it("is refused by class, expiry and hold, with the node's own words; a hold can be let pass, an expiry not", () => {
    expect(take("]C100395011015300000011")).toMatchObject({ verdict: "refused", faults: [{ code: "wrongClass", params: { class: "carrier", wanted: "unit lot" } }] });
    expect(take("]d20109521234543213172601311" + "0L7")).toMatchObject({ verdict: "refused", faults: [{ code: "not_expired", check: "expired" }] });
    expect(take("]d20109521234543213172601311" + "0L7", {}, "item", ["expired"]).verdict).toBe("refused");
    expect(take(unit("S2"))).toMatchObject({ verdict: "refused", faults: [{ check: "held", text_zh: "别用" }] });
    expect(take(unit("S2"), {}, "item", ["held"]).verdict).toBe("ok");
  });

  it("repeats where a field may be repeated, as the field says", () => {
    const pack = (duplicate: "refuse" | "ignore" | "ask"): NodeBody => ({ fields: [{ id: "units", kind: "scan", label_zh: "单件", label_en: "Units", many: true, duplicate, classes: ["unit"] }] });
    const one = take(unit("S1"), {}, "units", [], pack("refuse")).values;
    expect(take(unit("S9"), one, "units", [], pack("refuse"))).toMatchObject({ verdict: "ok", values: { units: [{ raw: unit("S1") }, { raw: unit("S9") }] } });
    expect(take(unit("S1"), one, "units", [], pack("refuse"))).toMatchObject({ verdict: "refused", faults: [{ code: "twice" }] });
    expect(take("(01)09521234543213(21)S1", one, "units", [], pack("ignore"))).toMatchObject({ verdict: "ok", values: one });
    expect(take(unit("S1"), one, "units", [], pack("ask")).verdict).toBe("ask");
  });

  it("is held against this device's own past and its station", () => {
    const body: NodeBody = { ...RECEIVE, checks: [{ id: "again", kind: "not_repeated", level: "refuse", within_minutes: 60 }, { id: "here", kind: "where_is", level: "warn" }] };
    const at = (minutes: number, station: string) => takeScan(body, {}, unit("S1"), "item", MASTERS, { ...CONTEXT, station, seen: () => new Date(CONTEXT.now.getTime() - minutes * 60_000) });
    expect(at(30, "urn:suyuan:demo:place:A1")).toMatchObject({ verdict: "refused", faults: [{ code: "not_repeated" }] });
    expect(at(90, "urn:suyuan:demo:place:A1").verdict).toBe("ok");
    expect(at(90, "urn:suyuan:demo:place:B2")).toMatchObject({ verdict: "warn", faults: [{ code: "where_is" }] });
  });

  it("of a lot whose quantity is asked may be the next portion, which the route or the server tells", () => {
    const again = (quantity: Record<string, string>) => ({ ...RECEIVE, checks: [{ id: "again", kind: "not_repeated", level: "refuse" }], meaning: [{ id: "done", event: "object", subjects: ["item"], quantity }] }) as NodeBody;
    const of = (body: NodeBody) => takeScan(body, {}, "(01)09521234543220(10)L7", "item", MASTERS, { ...CONTEXT, seen: () => CONTEXT.now }).faults.map(({ code }) => code);
    expect(of(again({ item: "quantity" }))).not.toContain("not_repeated");
    expect(of(again({}))).toContain("not_repeated");
  });

  it("of something unknown is the server's to judge; offline the device says that it does not know", () => {
    const body: NodeBody = { ...RECEIVE, checks: [{ id: "known", kind: "known", level: "refuse" }] };
    expect(take(unit("NEW"), {}, "item", [], body).verdict).toBe("ok");
    expect(takeScan(body, {}, unit("NEW"), "item", MASTERS, { ...CONTEXT, offline: true })).toMatchObject({ verdict: "warn", faults: [{ code: "notOnDevice" }] });
  });
});
