export { ExpressionError } from "./bounds";
export { Decimal } from "./decimal";
export { type Circumstances, evaluate, type Expression } from "./evaluate";
export { dateFrom, type Day, dayOf, type Moment, momentFrom, momentOf } from "./moments";
export { fromPlain, type Kind, kindOf, type Plain, plain, type Scalar, textOf, type Value } from "./values";
