import { describe, expect, it } from "vitest";

import { explainingPath, reachable, shortest } from "../walk";
import { lookAt, MARK } from "../look";
import { Genealogy } from "../model";
import { wholeScene } from "../scene";
import { genealogy, node } from "./build";

const ids = (graph: Genealogy, path: readonly number[] | null): string[] | undefined => path?.map((at) => graph.nodes[at]?.id ?? "");

describe("walks", () => {
  const graph = genealogy(["reel>p1", "reel>p2", "p1>b1", "p2>b1", "b1>unit", "screw>unit", "unit>box"], [node("reel", { role: "start" })]);

  it("finds ancestors and descendants", () => {
    const up = reachable(graph, [graph.find("unit")], "up");
    expect(graph.nodes.filter((_, i) => up[i]).map((each) => each.id).sort()).toEqual(["b1", "p1", "p2", "reel", "screw", "unit"]);
    const down = reachable(graph, [graph.find("b1")], "down");
    expect(graph.nodes.filter((_, i) => down[i]).map((each) => each.id).sort()).toEqual(["b1", "box", "unit"]);
  });

  it("finds a shortest way, or none", () => {
    expect(ids(graph, shortest(graph, graph.find("reel"), graph.find("unit"), "down"))).toEqual(["reel", "p1", "b1", "unit"]);
    expect(shortest(graph, graph.find("box"), graph.find("reel"), "down")).toBeNull();
    expect(ids(graph, shortest(graph, graph.find("box"), graph.find("reel"), "up"))).toEqual(["box", "unit", "b1", "p1", "reel"]);
  });

  it("explains an item by the trace's own predecessors", () => {
    const told = genealogy(["reel>p1", "reel>p2", "p1>b1", "p2>b1"], [node("reel", { role: "start" }), node("b1", { via: "p2" }), node("p2", { via: "reel" })]);
    expect(ids(told, explainingPath(told, told.find("b1")))).toEqual(["reel", "p2", "b1"]);
  });

  it("falls back to the drawn graph where the predecessors break off or run in a ring", () => {
    expect(ids(graph, explainingPath(graph, graph.find("box")))).toEqual(["reel", "p1", "b1", "unit", "box"]);
    const ring = genealogy(["s>a", "a>b"], [node("s", { role: "start" }), node("a", { via: "b" }), node("b", { via: "a" })]);
    expect(ids(ring, explainingPath(ring, ring.find("b")))).toEqual(["s", "a", "b"]);
  });

  it("marks ancestors, descendants and the explaining path of the selection", () => {
    const scene = wholeScene(graph);
    const look = lookAt(scene, graph.find("b1"), [graph.find("box")], graph.find("box"), Infinity);
    expect(look.nodes[graph.find("p2")]).toBe(MARK.up);
    expect(look.nodes[graph.find("p1")]).toBe(MARK.up | MARK.path);
    expect(look.nodes[graph.find("box")]).toBe(MARK.down | MARK.match);
    expect(look.nodes[graph.find("screw")]).toBe(0);
    expect(look.edges[0]).toBe(MARK.up | MARK.path);
    expect(look.current).toBe(graph.find("box"));
  });
});

describe("genealogy", () => {
  it("drops loops, strangers and repeats, keeping the surer and earlier edge of a pair", () => {
    const edge = { from: "a", to: "b", event: 1 };
    const graph = new Genealogy([node("a"), node("b")], [
      { ...edge, time: 5, verdict: "possible" }, { ...edge, time: 9, verdict: "certain" }, { ...edge, time: 7, verdict: "certain" },
      { ...edge, to: "a", time: 1, verdict: "certain" }, { ...edge, to: "x", time: 1, verdict: "certain" },
    ]);
    expect(graph.edgeCount).toBe(1);
    expect(graph.times[0]).toBe(7);
    expect(graph.timeSpan()).toEqual([7, 7]);
  });
});
