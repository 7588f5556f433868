import { describe, expect, it } from "vitest";

import { sampleGenealogy } from "../bench/sample";
import { FOLD_PAGE, focusScene, type FocusView } from "../folding";
import type { Genealogy } from "../model";
import { type Scene, sceneIndex, verdictCounts, wholeScene } from "../scene";
import { startsOf } from "../view";
import { genealogy, node } from "./build";

function view(graph: Genealogy, part: Partial<FocusView> = {}): FocusView {
  return {
    centre: startsOf(graph), up: 3, down: 3, cap: 5, opened: new Map(), expanded: new Set(), pinned: new Set(), include: null, ...part,
  };
}

const fan = (count: number, part = {}): Genealogy =>
  genealogy(Array.from({ length: count }, (_, i) => `lot>u${i}`), [
    node("lot", { role: "start", kind: "lot" }),
    ...Array.from({ length: count }, (_, i) => node(`u${i}`, { alike: "phone", ...part })),
  ]);

const folds = (scene: Scene) => scene.nodes.filter((each) => each.fold);

describe("focus view", () => {
  it("draws few alike siblings one by one and folds many", () => {
    expect(folds(focusScene(fan(5), view(fan(5))))).toHaveLength(0);
    const scene = focusScene(fan(6), view(fan(6)));
    expect(folds(scene)).toHaveLength(1);
    expect(scene.nodes).toHaveLength(2);
    expect(folds(scene)[0]?.fold?.total).toBe(6);
    expect([...scene.weights]).toEqual([6]);
  });

  it("folds only what is alike: kind, verdict and likeness", () => {
    const graph = genealogy(
      Array.from({ length: 20 }, (_, i) => `lot>u${i}`),
      [node("lot", { role: "start" }), ...Array.from({ length: 20 }, (_, i) => node(`u${i}`, { alike: "phone", verdict: i % 2 ? "possible" : "certain" }))],
    );
    const scene = focusScene(graph, view(graph));
    expect(folds(scene).map((each) => each.members.length)).toEqual([10, 10]);
    expect(verdictCounts(scene, 1)).toEqual({ certain: 10, possible: 0, excluded: 0 });
  });

  it("opens a fold page by page and closes it again", () => {
    const graph = fan(40);
    const closed = focusScene(graph, view(graph));
    const id = folds(closed)[0]?.fold?.id ?? "";
    const once = focusScene(graph, view(graph, { opened: new Map([[id, 1]]) }));
    expect(once.nodes.filter((each) => each.group === id && each.fold === null)).toHaveLength(FOLD_PAGE);
    expect(once.nodes.find((each) => each.fold?.state === "rest")?.members).toHaveLength(40 - FOLD_PAGE);
    const all = focusScene(graph, view(graph, { opened: new Map([[id, 3]]) }));
    expect(all.nodes.filter((each) => each.fold === null)).toHaveLength(41);
    const handle = all.nodes.find((each) => each.fold?.state === "rest");
    expect(handle?.members).toHaveLength(0);
    expect(handle?.fold?.total).toBe(40);
    expect(focusScene(graph, view(graph)).nodes.map((each) => each.key)).toEqual(closed.nodes.map((each) => each.key));
  });

  it("keeps every item in exactly one place, whatever is opened", () => {
    const graph = sampleGenealogy(3000);
    const base = view(graph, { up: 7, down: 7 });
    const first = focusScene(graph, base);
    const opened = new Map(folds(first).map((each) => [each.key, 2]));
    for (const scene of [first, focusScene(graph, { ...base, opened })]) {
      const members = scene.nodes.flatMap((each) => each.members);
      expect(new Set(members).size).toBe(members.length);
      scene.nodes.forEach((each, i) => expect(each.members.every((member) => scene.home[member] === i)).toBe(true));
    }
  });

  it("never draws more than a screenful on a level, however wide the graph", () => {
    const graph = sampleGenealogy(20_000);
    const scene = focusScene(graph, view(graph, { up: 9, down: 9 }));
    expect(scene.nodes.length).toBeLessThan(200);
  });

  it("shows as many levels as asked and counts what lies beyond", () => {
    const graph = genealogy(["a>b", "b>c", "c>d", "z>a"], [node("a", { role: "start" })]);
    const scene = focusScene(graph, view(graph, { up: 0, down: 2 }));
    expect(scene.nodes.map((each) => each.key)).toEqual(["a", "b", "c"]);
    expect(scene.hiddenOut[sceneIndex(scene, "c")]).toBe(1);
    expect(scene.hiddenIn[sceneIndex(scene, "a")]).toBe(1);
    const more = focusScene(graph, view(graph, { up: 0, down: 2, expanded: new Set(["down:c"]) }));
    expect(more.nodes.map((each) => each.key)).toEqual(["a", "b", "c", "d"]);
  });

  it("draws pinned items on their own, out of any fold", () => {
    const graph = fan(30);
    const scene = focusScene(graph, view(graph, { pinned: new Set([graph.find("u7")]) }));
    expect(scene.nodes.map((each) => each.key)).toContain("u7");
    expect(folds(scene)[0]?.members).toHaveLength(29);
  });

  it("leaves out what is not included", () => {
    const graph = fan(3);
    const include = Uint8Array.from(graph.nodes, (each) => (each.id === "u1" ? 0 : 1));
    expect(focusScene(graph, view(graph, { include })).nodes.map((each) => each.key)).toEqual(["lot", "u0", "u2"]);
    expect(wholeScene(graph, include).nodes).toHaveLength(3);
  });

  it("meets a diamond and a cycle without repeating anybody", () => {
    const graph = genealogy(["lot>a", "lot>b", "a>u", "b>u", "u>lot"], [node("lot", { role: "start" })]);
    const scene = focusScene(graph, view(graph, { up: 9, down: 9 }));
    expect(scene.nodes.map((each) => each.key).sort()).toEqual(["a", "b", "lot", "u"]);
  });
});
