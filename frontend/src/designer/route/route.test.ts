import { describe, expect, it } from "vitest";

import { layered } from "./layout";
import { addLink, EMPTY_ROUTE, insertAfter, newOperation, removeOperation, type RouteBody, routeOf } from "./model";

function line(...ids: string[]): RouteBody {
  return ids.reduce<RouteBody>((route, id, number) => insertAfter(route, newOperation(id, "normal", id, id), ids[number - 1] ?? null), EMPTY_ROUTE);
}

describe("a route", () => {
  it("begins with its first operation, and goes on from there", () => {
    const route = line("a", "b", "c");
    expect(route.start).toEqual(["a"]);
    expect(route.links.map(({ from, to }) => `${from}${to}`)).toEqual(["ab", "bc"]);
  });
  it("takes an operation in between", () => {
    const route = insertAfter(line("a", "b"), newOperation("x", "normal", "x", "x"), "a");
    expect(route.links.map(({ from, to }) => `${from}${to}`).toSorted()).toEqual(["ax", "xb"]);
  });
  it("takes rework as a loop from what failed and back", () => {
    const { links } = insertAfter(line("a", "b"), newOperation("fix", "rework", "f", "f"), "a");
    expect(links).toContainEqual({ from: "a", to: "fix", when: "failed" });
    expect(links).toContainEqual({ from: "fix", to: "a", when: "passed" });
    expect(links).toContainEqual({ from: "a", to: "b", when: "passed" });
  });
  it("links two operations once, and none to itself", () => {
    const route = line("a", "b");
    expect(addLink(route, { from: "a", to: "b", when: "failed" })).toBe(route);
    expect(addLink(route, { from: "a", to: "a", when: "passed" })).toBe(route);
  });
  it("loses an operation with its links", () => {
    const route = removeOperation(line("a", "b", "c"), "b");
    expect(route.links).toEqual([]);
    expect(route.operations.map(({ id }) => id)).toEqual(["a", "c"]);
  });
  it("is read from a body that leaves things out", () => {
    const route = routeOf({ operations: [{ id: "a", name_zh: "甲", name_en: "A" }], links: [{ from: "a", to: "b" }] });
    expect(route.operations[0]?.kind).toBe("normal");
    expect(route.links[0]?.when).toBe("passed");
  });
});

describe("layers", () => {
  it("run from left to right, rework loops included", () => {
    const route = insertAfter(line("a", "b", "c"), newOperation("fix", "rework", "f", "f"), "b");
    const places = layered(route);
    const x = (id: string) => places[id]?.x ?? Number.NaN;
    expect(x("a")).toBeLessThan(x("b"));
    expect(x("b")).toBeLessThan(x("c"));
    expect(x("fix")).toBe(x("c"));
    expect(new Set(Object.values(places).map((at) => `${at.x},${at.y}`)).size).toBe(4);
  });
});
