/** How large an expression may be, as on the server (`suyuan/kernel/expressions/bounds.py`). */
export const DEEPEST = 64;
export const LONGEST_VALUE = 10_000;
export const LONGEST_MASK = 200;
export const DIGITS = 28;
export const BUDGET = 10_000;

/** What is wrong with an expression: a code of the server's (`needs_number`) and a JSON pointer into the tree. */
export class ExpressionError extends Error {
  readonly code: string;
  at: string;

  constructor(code: string, at = "") {
    super(code);
    this.name = "ExpressionError";
    this.code = code;
    this.at = at;
  }
}
