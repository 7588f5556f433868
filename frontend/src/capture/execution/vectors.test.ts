import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

import { judge } from "./judge";
import type { DeviceEvent, Done, Machine, OpenOrder, World } from "./types";

interface Vectors {
  orders: OpenOrder[];
  history: Record<string, Done[]>;
  used: [string, string, string][];
  lots: [string, string | null, string, boolean][];
  machines: (Machine & { uri: string })[];
  tools: { class: string; due: string }[];
  holders: { person: string; code: string; valid_from: string; valid_to: string | null }[];
  read: [string, string, string, string][];
  cases: { name: string; event: DeviceEvent; expect: [string, string][] }[];
}

const vectors = JSON.parse(readFileSync("../src/suyuan/production/tests/vectors/execution.json", "utf8")) as Vectors;

function worldFor(person: string | null): World {
  return {
    order: (uri) => vectors.orders.find((each) => each.uri === uri) ?? null,
    history: (uri) => vectors.history[uri] ?? [],
    used: (order, material) => vectors.used.find(([of, what]) => of === order && what === material)?.[2] ?? "0",
    lot: (uri) => {
      const [, quantity, unit, cut] = vectors.lots.find(([of]) => of === uri) ?? [];
      return unit === undefined ? null : { quantity: quantity ?? null, unit, cut: cut === true };
    },
    machine: (uri) => vectors.machines.find((each) => each.uri === uri) ?? null,
    calibrated: (kind, day) => vectors.tools.some((each) => each.class === kind && each.due >= day),
    missing: (who, codes, day) => codes.filter((code) => !vectors.holders.some((each) => each.person === who && each.code === code && each.valid_from <= day && day <= (each.valid_to ?? "9999"))),
    hasRead: (...asked) => vectors.read.some(([who, ...known]) => who === person && known.join(" ") === asked.join(" ")),
  };
}

describe("the execution checks on a device", () => {
  it.each(vectors.cases)("as on the server: $name", ({ event, expect: expected }) => {
    const { findings, unknown } = judge(event, worldFor(event.person));
    expect(findings.map(({ check, code }) => [check, code])).toEqual(expected);
    expect(unknown).toEqual([]);
  });

  it("tell what the device does not know, and guess nothing", () => {
    const known = vectors.cases.find(({ name }) => name === "begun twice");
    const fed = vectors.cases.find(({ name }) => name === "over the allowance, scrap included");
    const blind: World = { ...worldFor(null), history: () => null, used: () => null };
    if (!known || !fed) throw new Error("the vectors lack a case");
    expect(judge({ ...known.event, person: "urn:suyuan:t:person:li" }, blind)).toEqual({ findings: [], unknown: ["history"] });
    expect(judge(fed.event, blind)).toEqual({ findings: [], unknown: ["used"] });
  });
});
