import { describe, expect, it } from "vitest";

import type { Expression } from "../../expressions";
import { completions } from "./ExpressionInput";
import { asPattern, EMPTY_NODE, entryAt, type FieldKind, newCheck, newField, newMeaning, type NodeBody, type NodeField, patternOf, PATTERN_NAMES } from "./model";
import { expressionNames } from "./names";
import { withoutField } from "./references";
import { formView } from "./sample";

const NOW = new Date("2026-03-05T06:30:00Z");

function fieldsOf(...kinds: FieldKind[]): NodeField[] {
  return kinds.reduce<NodeField[]>((fields, kind) => [...fields, newField(kind, fields, { zh: `字段${kind}`, en: kind })], []);
}
function idOf(fields: readonly NodeField[], at: number): string {
  return fields[at]?.id ?? "";
}
const above = (id: string, number: string): Expression => ({ op: ">", args: [{ ref: id }, { lit: { num: number } }] });

describe("a node under design", () => {
  it("gives fields ids and labels of their own", () => {
    const fields = fieldsOf("scan", "number", "scan");
    expect(new Set(fields.map(({ id }) => id)).size).toBe(3);
    expect(fields[2]?.label_en).toBe("scan 2");
  });

  it("says every pattern with one kind of event, and finds it again", () => {
    const node: NodeBody = { ...EMPTY_NODE, fields: fieldsOf("scan", "scan") };
    for (const name of PATTERN_NAMES) expect(patternOf(newMeaning(name, node))).toBe(name);
    const packed = newMeaning("packed", node);
    expect([packed.parent, packed.children]).toEqual([idOf(node.fields, 1), [idOf(node.fields, 0)]]);
    expect(asPattern(packed, "seen", node)).toMatchObject({ id: packed.id, parent: null, subjects: [idOf(node.fields, 0)] });
  });

  it("forgets a field that goes", () => {
    const fields = fieldsOf("scan", "scan", "number");
    const [item, , amount] = fields.map(({ id }) => id);
    const node: NodeBody = { ...EMPTY_NODE, fields, place: { from: "field", field: item ?? "" } };
    const used = { ...newMeaning("used", node), inputs: [{ field: item ?? "", quantity: amount ?? "" }], order: item ?? "" };
    const full: NodeBody = { ...node, meaning: [used], checks: [newCheck("not_void", node), newCheck("expression", node)] };
    const left = withoutField(full, item ?? "");
    expect(left.meaning[0]).toMatchObject({ inputs: [], order: null });
    expect(left.place).toEqual({ from: "station" });
    expect(left.checks.map(({ kind }) => kind)).toEqual(["expression"]);
    expect(withoutField(full, amount ?? "").meaning[0]?.inputs).toEqual([{ field: item, quantity: null }]);
  });

  it("finds the entry of a problem by number and by id", () => {
    const node: NodeBody = { ...EMPTY_NODE, fields: fieldsOf("scan", "text") };
    const id = idOf(node.fields, 1);
    expect(entryAt("/fields/1/pattern", node)).toEqual({ list: "fields", id });
    expect(entryAt(`/body/fields/@${id}/max`, node)).toEqual({ list: "fields", id });
    expect(entryAt("/step", node)).toBeNull();
  });
});

describe("the preview", () => {
  it("works out defaults, formulas, and what shows and must be filled", () => {
    const [scan, number, text, formula] = fieldsOf("scan", "number", "text", "formula") as [NodeField, NodeField, NodeField, NodeField];
    const fields: NodeField[] = [
      scan,
      { ...number, default: { lit: { num: "0.10" } } },
      { ...text, show: above(number.id, "5"), require: above(number.id, "6") },
      { ...formula, value: { op: "*", args: [{ ref: number.id }, { lit: { num: "3" } }] } },
    ];
    const empty = formView(fields, {}, NOW);
    expect(empty.next).toBe(scan.id);
    expect(empty.fields.map(({ visible }) => visible)).toEqual([true, true, false, true]);
    expect(empty.fields[3]?.worked).toBe("0.3");
    const filled = formView(fields, { [scan.id]: "U-1", [number.id]: "5.5" }, NOW);
    expect(filled.fields[2]).toMatchObject({ visible: true, required: false });
    expect(filled.next).toBeNull();
    expect(formView(fields, { [scan.id]: "U-1", [number.id]: "7" }, NOW).next).toBe(text.id);
    expect(filled.values[`${scan.id}.class`]).toBe("unit");
  });

  it("takes a rule that cannot be worked out for unset", () => {
    const [text] = fieldsOf("text") as [NodeField];
    expect(formView([{ ...text, show: above(text.id, "1") }], { [text.id]: "a" }, NOW).fields[0]?.visible).toBe(false);
  });
});

describe("names in expressions", () => {
  it("are labels, and what is known of scanned items; twins stay apart", () => {
    const [scan, one, other] = fieldsOf("scan", "text", "text") as [NodeField, NodeField, NodeField];
    const names = expressionNames([scan, one, { ...other, label_en: one.label_en }], "en", (fact) => fact);
    expect(names.find(({ id }) => id === `${scan.id}.lot`)?.label).toBe("scan.lot");
    expect(new Set(names.map(({ label }) => label)).size).toBe(names.length);
  });

  it("complete what is being typed, best first", () => {
    const names = ["压力", "最大压力", "轴承"].map((label, at) => ({ id: `f${at}`, label }));
    expect(completions(names, "压").map(({ label }) => label)).toEqual(["压力", "最大压力"]);
    expect(completions(names, "压力").map(({ label }) => label)).toEqual(["最大压力"]);
  });
});
