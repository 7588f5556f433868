import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import { type Field, type FormContext, ItemIndex, type NodeBody, type Plain, type Values, evaluate, formState, lacks, takeScan } from ".";
import type { FieldState, FormState } from "./formState";

interface Vectors {
  now: string;
  fields: Record<string, Field>;
  forms: Record<string, { fields: (Omit<Field, "columns"> & { columns?: string[] })[]; checks?: NodeBody["checks"] }>;
  cases: { form: string; name: string; values: Values; faults: [string, string][]; named?: Record<string, Plain> }[];
}

const VECTORS = JSON.parse(readFileSync("../src/suyuan/capture/tests/form_vectors.json", "utf8")) as Vectors;
const CLASSES: Record<string, string> = { U: "unit", L: "lot", B: "carrier" };
const CODES = ["U-1", "U-2", "L-1", "L-2", "L-3", "L-4", "L-5", "B-3"];
const ITEMS = new ItemIndex(CODES.map((code) => ({ uri: `urn:suyuan:demo:${CLASSES[code[0] ?? ""] ?? ""}:${code}`, label: code, kind: CLASSES[code[0] ?? ""] ?? null })));
const CONTEXT: FormContext = { now: new Date(VECTORS.now), evaluate, items: ITEMS };
const WORDS: Partial<Record<string, string>> = { wrongClass: "class", twice: "twice", rowTwice: "unique", rowsFew: "few", rowsMany: "many", expression: "condition", number: "wrong", decimals: "wrong", least: "wrong", most: "wrong", long: "wrong", option: "wrong", pattern: "wrong", phone: "wrong", email: "wrong", link: "wrong" };

function bodyOf(name: string): NodeBody {
  const { fields, checks } = VECTORS.forms[name] ?? { fields: [] };
  return { fields: fields.map(({ columns, ...field }): Field => (columns ? { ...field, columns: columns.flatMap((id) => VECTORS.fields[id] ?? []) } : field)), checks: checks ?? [] };
}

const missing = (state: FieldState, at: string): [string, string][] => {
  if (state.field.kind === "sub_table") return state.required && !state.filled ? [[at, "missing"]] : state.rows.flatMap((row, number) => missingIn(row, `${at}/${number}`));
  return lacks(state) ? [[at, "missing"]] : [];
};
const missingIn = (state: FormState, at: string): [string, string][] => (at === "/values" || state.fields.some(({ filled }) => filled) ? state.fields.flatMap((each) => missing(each, `${at}/${each.field.id}`)) : []);

function placeOf(field: string | null, row: number | undefined, code: string): string {
  if (field === null) return "";
  const [table = "", column] = field.split(".");
  return ["/values", table, ...(row === undefined ? [] : [String(row)]), ...(column === undefined || code === "expression" ? [] : [column])].join("/");
}

describe("a form as the server judges it", () => {
  it.each(VECTORS.cases.map((each) => [each.name, each] as const))("%s", (_, { form, values, faults, named }) => {
    const state = formState(bodyOf(form), values, CONTEXT);
    const told = [...missingIn(state, "/values"), ...state.faults.map(({ field, row, code }) => [placeOf(field, row, code), WORDS[code] ?? code])];
    // as on the server, conditions are told once the form itself is in order
    const own = told.filter(([, word]) => word !== "condition");
    expect((own.length ? own : told).sort()).toEqual([...faults].sort());
    expect(state.complete).toBe(!faults.some(([, word]) => word !== "condition"));
    for (const [name, value] of Object.entries(named ?? {})) expect([name, state.named[name] ?? null]).toEqual([name, value]);
  });
});

describe("a scan at a table", () => {
  const body = bodyOf("table");
  const masters = { products: [], people: [], places: [], equipment: [] };
  const scan = (raw: string, values: Values) => takeScan(body, values, raw, "parts", masters, CONTEXT);

  it("begins a row, fills the row that has begun, and begins the next one", () => {
    const one = scan("L-1", { factor: "1" });
    expect(one).toMatchObject({ verdict: "ok", field: "parts", values: { parts: [{ item: { raw: "L-1" } }] } });
    const whole: Values = { factor: "1", parts: [{ item: { raw: "L-1" }, amount: "1" }] };
    expect(scan("L-2", whole).values.parts).toEqual([{ item: { raw: "L-1" }, amount: "1" }, { item: { raw: "L-2" } }]);
    const open: Values = { factor: "1", parts: [{ amount: "1" }] };
    expect(scan("L-2", open).values.parts).toEqual([{ amount: "1", item: { raw: "L-2" } }]);
  });

  it("is refused in its row where it repeats or is of another class", () => {
    const whole: Values = { factor: "1", parts: [{ item: { raw: "L-1" }, amount: "1" }] };
    expect(scan("L-1", whole)).toMatchObject({ verdict: "refused", faults: [{ code: "twice", row: 1, field: "parts.item" }] });
    expect(scan("B-3", whole)).toMatchObject({ verdict: "refused" });
  });

  it("sends whole rows only", () => {
    const state = formState(body, { factor: "1", parts: [{}, { item: { raw: "L-1" }, amount: "1", why: "x" }] }, CONTEXT);
    expect(state.values.parts).toEqual([{ item: { raw: "L-1" }, amount: "1" }]);
  });
});
