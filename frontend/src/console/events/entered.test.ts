import { describe, expect, it } from "vitest";

import { shownIn } from "./entered";

const FORM = [{ id: "grade", kind: "choice" }, { id: "parts", kind: "sub_table" }, { id: "photo", kind: "photo" }, { id: "gone", kind: "text" }];

describe("what was entered", () => {
  it("is told by the form: single values, tables row by row, attachments elsewhere", () => {
    const parts = [{ item: "urn:x", quantity: "2" }, { item: "urn:y" }];
    const shown = shownIn({ "suyuan:fields": { parts, grade: "A", photo: [{ sha256: "0" }], unknown: 1 } }, FORM);
    expect(shown.single.map(({ field, value }) => [field.id, value])).toEqual([["grade", "A"]]);
    expect(shown.tables.map(({ field, rows }) => [field.id, rows])).toEqual([["parts", parts]]);
  });

  it.each([[{}], [{ "suyuan:fields": null }], [{ "suyuan:fields": [1] }], [{ "suyuan:fields": { parts: "x" } }]])("makes nothing of %j", (document) => {
    const { single, tables } = shownIn(document, FORM);
    expect([...single, ...tables.flatMap(({ rows }) => rows)]).toEqual([]);
  });
});
