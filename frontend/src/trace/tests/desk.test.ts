import { describe, expect, it } from "vitest";

import { elementString, faultIndex, GS, markFault, nearSearches, cleanCode } from "../codes";
import { changedOptions, deskAddress, type DeskState, NO_OPTIONS, parseDesk } from "../deskState";
import { remembered } from "../recent";
import { unitText } from "../units";

const plain: DeskState = { code: null, itemId: null, direction: "both", tab: null, event: null, mode: "focus", levels: 4, options: NO_OPTIONS };

describe("the desk's address", () => {
  it("carries only what differs from the default", () => {
    expect(deskAddress(plain)).toBe("/trace");
    expect(deskAddress({ ...plain, code: "(01)1(21)A/1" })).toBe("/trace?code=%2801%291%2821%29A%2F1");
    expect(deskAddress({ ...plain, itemId: 7, code: "x", tab: "list" })).toBe("/trace/7?tab=list");
  });

  it("is read back as it was written", () => {
    const state: DeskState = {
      code: `]d2010952${GS}21`, itemId: null, direction: "back", tab: "gaps", event: 12, mode: "whole", levels: Infinity,
      options: { asOf: "2026-11-21T08:00:00.000Z", from: null, depth: 3, siblings: true, closure: true },
    };
    const address = deskAddress(state);
    expect(parseDesk(undefined, new URLSearchParams(address.split("?")[1]))).toEqual(state);
    expect(changedOptions(state.options)).toBe(4);
  });

  it("falls back where it is nonsense", () => {
    expect(parseDesk("x", new URLSearchParams("direction=up&tab=zz&levels=-1&depth=1e9&as_of=soon&event=0x1"))).toEqual(plain);
  });
});

describe("codes", () => {
  it("keeps separators inside and drops blanks around", () => {
    expect(cleanCode(`  0109521234543213${GS}21A \r\n`)).toBe(`0109521234543213${GS}21A`);
  });

  it("marks the character a fault points at", () => {
    expect(faultIndex("char 5", 10)).toBe(4);
    expect(faultIndex("char 99", 10)).toBe(10);
    expect(faultIndex("/code", 10)).toBeNull();
    expect(faultIndex(null, 10)).toBeNull();
    expect(markFault(`01${GS}A`, 3)).toEqual({ before: "01{GS}", fault: "A", after: "" });
    expect(markFault("012", 3)).toEqual({ before: "012", fault: "", after: "" });
    expect(markFault("箱😀1", 1)).toEqual({ before: "箱", fault: "😀", after: "1" });
  });

  it("writes a Digital Link as an element string", () => {
    expect(elementString("https://id.gs1.org/01/09521234543213/21/G3%2F42")).toBe("(01)09521234543213(21)G3/42");
    expect(elementString("https://example.org/some/path/00/395012345678901234?x=1")).toBe("(00)395012345678901234");
    expect(elementString("urn:suyuan:demo:lot:C1")).toBeNull();
    expect(elementString("https://id.gs1.org/")).toBeNull();
  });

  it("looks for ever shorter beginnings of the telling part", () => {
    expect(nearSearches("G3000042", null, "")).toEqual(["G3000042", "G30000", "G300", "G3"]);
    expect(nearSearches(null, null, "urn:suyuan:demo:lot:AB")).toEqual(["AB"]);
  });

  it("remembers the last codes once each, the newest first", () => {
    const code = (n: number) => ({ code: String(n), label: "", kind: "unit" });
    let codes: readonly ReturnType<typeof code>[] = [];
    for (let i = 0; i < 12; i++) codes = remembered(codes, code(i));
    expect(remembered(codes, code(5)).map((each) => each.code)).toEqual(["5", "11", "10", "9", "8", "7", "6", "4"]);
  });

  it("writes units as people do", () => {
    expect([unitText("KGM", "pcs"), unitText("H87", "pcs"), unitText("XYZ", "pcs"), unitText(null, "pcs")]).toEqual(["kg", "pcs", "XYZ", ""]);
  });
});
