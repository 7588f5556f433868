import { describe, expect, it } from "vitest";

import { GraphSearch, hitsOf, NO_HITS, step } from "../search";
import { genealogy, node } from "./build";

describe("search", () => {
  const graph = genealogy([], [
    node("1", { label: "G3000042", detail: "Gateway · Line 1" }), node("2", { label: "G30000421" }), node("3", { label: "XG3000042" }), node("4", { label: "网关 7", detail: "装配一线" }),
  ]);
  const search = new GraphSearch(graph);

  it("puts the exact label first, then labels that begin so, then the rest", () => {
    expect(search.find("g3000042")).toEqual([0, 1, 2]);
  });

  it("wants all words, anywhere", () => {
    expect(search.find("line gateway")).toEqual([0]);
    expect(search.find("一线 网关")).toEqual([3]);
    expect(search.find("gateway 9")).toEqual([]);
    expect(search.find("  ")).toEqual([]);
  });

  it("goes round with next and previous", () => {
    const hits = hitsOf([4, 5, 6]);
    expect(step(hits, -1).at).toBe(2);
    expect(step(step(hits, 1), 1).at).toBe(2);
    expect(step(step(step(hits, 1), 1), 1).at).toBe(0);
    expect(step(NO_HITS, 1)).toBe(NO_HITS);
  });
});
