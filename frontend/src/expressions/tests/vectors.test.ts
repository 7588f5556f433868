import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

import { evaluate, ExpressionError, fromPlain, type Moment, plain, type Value } from "..";

interface Vectors {
  now: string;
  values: Record<string, unknown>;
  cases: { text?: string; tree: unknown; value?: unknown; fault?: string; at?: string }[];
}

const { now, values, cases } = JSON.parse(readFileSync("../src/suyuan/kernel/expressions/tests/vectors.json", "utf8")) as Vectors;
const given: Record<string, Value> = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fromPlain(value)]));
const clock = fromPlain({ datetime: now }) as Moment;

function outcome(tree: unknown): unknown {
  try {
    return { value: plain(evaluate(tree, given, { now: clock })) };
  } catch (fault) {
    if (fault instanceof ExpressionError) return { fault: fault.code, at: fault.at };
    throw fault;
  }
}

describe("expressions", () => {
  test("the vectors of the server hold here", () => {
    expect(cases.length).toBeGreaterThan(150);
    for (const { text, tree, ...expected } of cases) expect({ text, ...(outcome(tree) as object) }).toEqual({ text, ...expected });
  });

  test("steps are bounded", () => {
    const long = { fn: "sum", args: [{ list: Array.from({ length: 200 }, () => ({ lit: { num: "1" } })) }] };
    expect(() => evaluate(long, {}, { now: clock, budget: 100 })).toThrow("budget_spent");
  });
});
