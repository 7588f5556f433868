import { describe, expect, it } from "vitest";

import type { Equipment } from "../../api/production";
import { branches } from "./tree";

const row = (id: number, parent_id: number | null, level: Equipment["level"], code: string): Equipment => ({
  id, parent_id, level, code, site_id: 1, uri: `urn:x:${code}`, name_zh: code, name_en: code, class_name: "", retired: false, extra: {},
});
const ROWS = [row(3, 2, "equipment", "PRT"), row(1, null, "area", "SMT"), row(2, 1, "line", "L1"), row(4, 1, "line", "L0"), row(5, 99, "equipment", "LOOSE")];

describe("branches", () => {
  it("puts everything under what it belongs to, levels first, then codes", () => {
    expect(branches(ROWS).map(({ row: each, depth }) => [each.code, depth])).toEqual([["SMT", 0], ["L0", 1], ["L1", 1], ["PRT", 2], ["LOOSE", 0]]);
  });
  it("keeps what stands above what a search finds", () => {
    expect(branches(ROWS, "prt").map(({ row: each }) => each.code)).toEqual(["SMT", "L1", "PRT"]);
  });
});
