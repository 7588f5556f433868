import { describe, expect, it } from "vitest";

import { byCheck, type Choice, toggled } from "./stopped";

const finding = (check: string, id: string, node = "pack") => ({ node, check, id, label: id, text: `${check} of ${id}` });

describe("what may be let pass", () => {
  it("is gathered by node and check, each item once", () => {
    const found = byCheck([finding("not_repeated", "e1"), finding("route", "e1", ""), finding("not_repeated", "e2"), finding("not_repeated", "e1")]);
    expect(found.map(({ key, items }) => [key, items.map(({ id }) => id)])).toEqual([
      ["pack not_repeated", ["e1", "e2"]],
      [" route", ["e1"]],
    ]);
  });

  it("is chosen item by item, or all of a check at once", () => {
    const [stopped] = byCheck([finding("not_repeated", "e1"), finding("not_repeated", "e2")]);
    if (!stopped) throw new Error("a check was expected");
    const pressed = (...items: (string | null)[]) => items.reduce<Choice[]>((choices, item) => toggled(choices, stopped, item), []).map(({ items: chosen }) => chosen);
    expect(pressed("e1", "e2")).toEqual([["e1", "e2"]]);
    expect(pressed("e1", "e1")).toEqual([]);
    expect(pressed("e1", null)).toEqual([null]);
    expect(pressed(null, null)).toEqual([]);
  });
});
