import { readFileSync } from "node:fs";

import { evaluate, ExpressionError, fromPlain, type Moment, plain } from "..";

/** Answers, line by line, what the server's tests ask: `{tree, values, now}` → `{value}` or `{fault, at}`. */
interface Question {
  tree: unknown;
  values: Record<string, unknown>;
  now: string;
}

function answer({ tree, values, now }: Question): unknown {
  try {
    const given = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fromPlain(value)]));
    return { value: plain(evaluate(tree, given, { now: fromPlain({ datetime: now }) as Moment })) };
  } catch (fault) {
    if (fault instanceof ExpressionError) return { fault: fault.code, at: fault.at };
    throw fault;
  }
}

const questions = readFileSync(0, "utf8").split("\n").filter(Boolean);
process.stdout.write(questions.map((line) => `${JSON.stringify(answer(JSON.parse(line) as Question))}\n`).join(""));
