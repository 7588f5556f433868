/** Expressions over the values of a form. */
import { evaluate as work, fromPlain, plain } from "../expressions";
import type { FormContext } from "./formState";

/** @throws ExpressionError where the expression does not fit the values. */
export const evaluate: FormContext["evaluate"] = (expression, values, now) =>
  plain(work(expression, Object.fromEntries(Object.entries(values).map(([name, value]) => [name, fromPlain(value)])), { now }));
