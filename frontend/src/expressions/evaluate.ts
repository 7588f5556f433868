import { BUDGET, DEEPEST, ExpressionError, LONGEST_VALUE } from "./bounds";
import { Decimal } from "./decimal";
import { ARGUMENTS, FUNCTIONS, Run } from "./functions";
import { type Moment, momentOf } from "./moments";
import { before, equal, isList, lettersOf, read, type Scalar, type Value } from "./values";

/** A syntax tree, as the server's parser makes it and definitions keep it. */
export type Expression =
  | { lit: string | boolean | null | { num: string } }
  | { ref: string }
  | { now: true }
  | { op: string; args: Expression[] }
  | { fn: string; args: Expression[] }
  | { list: Expression[] };

export interface Circumstances {
  now: Date | Moment;
  budget?: number;
}

const COMPARING = new Set(["=", "!=", "<", "<=", ">", ">=", "in"]);
const TWO_SIDED = new Set([...COMPARING, "or", "and", "??", "+", "-", "*", "/", "%"]);
const REFERENCE = /^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$/;
const NUMBER = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/;
const CONTROL = "if";

type Node = Readonly<Record<string, unknown>>;
type Call = { name: string; args: readonly unknown[]; builtIn: boolean };

function isNumber(text: string): boolean {
  if (text.length > 60 || !NUMBER.test(text)) return false;
  const [whole = "", fraction = ""] = text.replace("-", "").split(".");
  return whole.replace(/^0+/, "").length + fraction.length <= 28;
}

function literal(given: unknown): Scalar {
  if (given === null || typeof given === "boolean") return given;
  if (typeof given === "string" && lettersOf(given).length <= LONGEST_VALUE) return given;
  if (typeof given === "object" && Object.keys(given).join() === "num" && "num" in given && typeof given.num === "string" && isNumber(given.num))
    return Decimal.from(given.num);
  throw new ExpressionError("malformed");
}

function callOf(node: Node): Call {
  const name = node["op"] ?? node["fn"];
  const args: unknown = node["args"];
  if (Object.keys(node).length !== 2 || typeof name !== "string" || !Array.isArray(args)) throw new ExpressionError("malformed");
  const builtIn = "op" in node;
  const unary = name === "not" || name === "-";
  const taken = builtIn
    ? name === CONTROL
      ? ([3, 99] as const)
      : TWO_SIDED.has(name) || unary
        ? ([unary ? 1 : 2, name === "not" ? 1 : 2] as const)
        : undefined
    : ARGUMENTS.get(name);
  if (!taken) throw new ExpressionError(builtIn ? "malformed" : "unknown_function");
  const [least, most] = taken;
  if (args.length < least || args.length > most || (builtIn && name === CONTROL && args.length % 2 === 0)) throw new ExpressionError("arguments");
  return { name, args, builtIn };
}

class Evaluation {
  constructor(
    private readonly given: Readonly<Record<string, unknown>>,
    private readonly run: Run,
  ) {}

  value(given: unknown, depth: number): Value {
    this.run.spend(1);
    if (depth >= DEEPEST) throw new ExpressionError("too_deep");
    if (typeof given !== "object" || given === null || Array.isArray(given)) throw new ExpressionError("malformed");
    const node = given as Node;
    const keys = Object.keys(node);
    if (keys.length === 1 && "lit" in node) return literal(node["lit"]);
    if (keys.length === 1 && "ref" in node) return this.reference(node["ref"]);
    if (keys.length === 1 && node["now"] === true) return this.run.now;
    if (keys.length === 1 && Array.isArray(node["list"])) return this.list(node["list"], depth);
    const call = callOf(node);
    if (call.builtIn) return this.operation(call, depth);
    const found = call.args.map((_, at) => this.inner("args", call.args, at, depth));
    return FUNCTIONS.get(call.name)?.(found, this.run) ?? null;
  }

  private inner(key: "args" | "list", nodes: readonly unknown[], at: number, depth: number): Value {
    try {
      return this.value(nodes[at], depth + 1);
    } catch (fault) {
      if (fault instanceof ExpressionError) fault.at = `/${key}/${at}${fault.at}`;
      throw fault;
    }
  }

  private list(nodes: readonly unknown[], depth: number): Value {
    return nodes.map((_, at) => {
      const found = this.inner("list", nodes, at, depth);
      if (isList(found)) throw new ExpressionError("nested_list", `/list/${at}`);
      return found;
    });
  }

  private reference(name: unknown): Value {
    if (typeof name !== "string" || name.length > 120 || !REFERENCE.test(name)) throw new ExpressionError("malformed");
    const found = read(Object.hasOwn(this.given, name) ? this.given[name] : null);
    const size = (each: Scalar) => (typeof each === "string" ? Math.floor(lettersOf(each).length / 64) : 0);
    if (isList(found)) {
      this.run.spend(found.length);
      found.forEach((each) => this.run.spend(size(each)));
    } else if (typeof found === "string") this.run.spend(size(found));
    return found;
  }

  private operation({ name, args }: Call, depth: number): Value {
    if (name === CONTROL) return this.choice(args, depth);
    if (name === "and" || name === "or") {
      const settles = name === "or";
      return this.truth(args, 0, depth) === settles || this.truth(args, 1, depth) === settles ? settles : !settles;
    }
    if (name === "not") return !this.truth(args, 0, depth);
    const left = this.inner("args", args, 0, depth);
    if (name === "??") return left ?? this.inner("args", args, 1, depth);
    if (args.length === 1) return left === null ? null : number(left, 0).negated();
    const right = this.inner("args", args, 1, depth);
    if (left === null || right === null) return null;
    return COMPARING.has(name) ? comparison(name, left, right) : this.arithmetic(name, left, right);
  }

  private choice(args: readonly unknown[], depth: number): Value {
    for (let at = 0; at < args.length - 1; at += 2) if (this.truth(args, at, depth)) return this.inner("args", args, at + 1, depth);
    return this.inner("args", args, args.length - 1, depth);
  }

  private truth(args: readonly unknown[], at: number, depth: number): boolean {
    const found = this.inner("args", args, at, depth);
    if (found !== null && typeof found !== "boolean") throw new ExpressionError("needs_boolean", `/args/${at}`);
    return found === true;
  }

  private arithmetic(name: string, left: Value, right: Value): Value {
    if (name === "+" && typeof left === "string" && typeof right === "string") return this.run.made(left + right);
    const [one, other] = [number(left, 0), number(right, 1)];
    if (name === "+") return one.add(other);
    if (name === "-") return one.subtract(other);
    if (name === "*") return one.multiply(other);
    return name === "/" ? one.divide(other) : one.remainder(other);
  }
}

function number(value: Value, at: number): Decimal {
  if (!(value instanceof Decimal)) throw new ExpressionError("needs_number", `/args/${at}`);
  return value;
}

function comparison(name: string, left: Value, right: Value): boolean {
  if (name === "in") {
    if (!isList(right)) throw new ExpressionError("needs_list", "/args/1");
    return right.some((each) => each !== null && equal(left, each));
  }
  if (name === "=" || name === "!=") return equal(left, right) === (name === "=");
  const order = before(left, right);
  return name === "<" ? order < 0 : name === "<=" ? order <= 0 : name === ">" ? order > 0 : order >= 0;
}

/** The value of a syntax tree over the values of fields; a field without a value is null. Throws {@link ExpressionError}. */
export function evaluate(tree: unknown, values: Readonly<Record<string, unknown>>, { now, budget = BUDGET }: Circumstances): Value {
  return new Evaluation(values, new Run(now instanceof Date ? momentOf(now) : now, budget)).value(tree, 0);
}
