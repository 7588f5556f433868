/** A route as the designer holds it: the body of the definition kind `route`, with every list there. */
export const ROUTE = "route";

export const OPERATION_KINDS = ["normal", "inspection", "rework", "outside", "packing"] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];
export const LINK_WHENS = ["passed", "failed", "always"] as const;
export type LinkWhen = (typeof LINK_WHENS)[number];

export interface Parameter {
  type: string;
  uom: string;
  low: string | null;
  high: string | null;
  target: string | null;
}

export interface Instruction {
  text_zh: string;
  text_en: string;
  picture: string | null;
}

export interface Operation {
  id: string;
  name_zh: string;
  name_en: string;
  kind: OperationKind;
  node: string | null;
  step: string | null;
  places: string[];
  work_centre: string | null;
  equipment_class: string | null;
  qualifications: string[];
  tool_classes: string[];
  parameters: Parameter[];
  instructions: Instruction[];
  instruction_revision: string | null;
  read_required: boolean;
  optional: boolean;
  join: "any" | "all";
  sampling_every: number | null;
  cycle_seconds: string | null;
  minimum_wait_seconds: number | null;
  at: { x: number; y: number } | null;
}

export interface RouteLink {
  from: string;
  to: string;
  when: LinkWhen;
}

export interface RouteBody {
  products: string[];
  operations: Operation[];
  links: RouteLink[];
  start: string[];
  max_rework: number | null;
}

export const EMPTY_ROUTE: RouteBody = { products: [], operations: [], links: [], start: [], max_rework: 2 };

export function newOperation(id: string, kind: OperationKind, name_zh: string, name_en: string): Operation {
  return {
    id, name_zh, name_en, kind, node: null, step: null, places: [], work_centre: null, equipment_class: null, qualifications: [], tool_classes: [],
    parameters: [], instructions: [], instruction_revision: null, read_required: false, optional: false, join: "any", sampling_every: null, cycle_seconds: null, minimum_wait_seconds: null, at: null,
  };
}

const list = <Entry>(value: unknown): Entry[] => (Array.isArray(value) ? (value as Entry[]) : []);

/** The body as the designer works with it: whatever a hand-written one leaves out has its standard value. */
export function routeOf(body: Record<string, unknown>): RouteBody {
  return {
    products: list(body.products),
    operations: list<Partial<Operation>>(body.operations).map((each) => ({
      ...newOperation(each.id ?? "", each.kind ?? "normal", each.name_zh ?? "", each.name_en ?? ""),
      ...each,
      parameters: list<Partial<Parameter>>(each.parameters).map((limit) => ({ type: "", uom: "", low: null, high: null, target: null, ...limit })),
      instructions: list<Partial<Instruction>>(each.instructions).map((step) => ({ text_zh: "", text_en: "", picture: null, ...step })),
    })),
    links: list<Partial<RouteLink>>(body.links).map((each) => ({ from: "", to: "", when: "passed", ...each })),
    start: list(body.start),
    max_rework: typeof body.max_rework === "number" ? body.max_rework : null,
  };
}

/** An id that no operation has yet: `op1`, `op2`… */
export function freeId(operations: readonly Operation[]): string {
  let number = operations.length + 1;
  while (operations.some(({ id }) => id === `op${number}`)) number += 1;
  return `op${number}`;
}

export function linkId({ from, to, when }: RouteLink): string {
  return `${from}>${to}:${when}`;
}

export function addLink(route: RouteBody, link: RouteLink): RouteBody {
  if (link.from === link.to || route.links.some((each) => each.from === link.from && each.to === link.to)) return route;
  return { ...route, links: [...route.links, link] };
}

export function removeOperation(route: RouteBody, id: string): RouteBody {
  return {
    ...route,
    operations: route.operations.filter((each) => each.id !== id),
    links: route.links.filter(({ from, to }) => from !== id && to !== id),
    start: route.start.filter((each) => each !== id),
  };
}

export function changeOperation(route: RouteBody, id: string, change: Partial<Operation>): RouteBody {
  return { ...route, operations: route.operations.map((each) => (each.id === id ? { ...each, ...change } : each)) };
}

/** A new operation after another one: what followed that one by “passed” follows the new one now. */
export function insertAfter(route: RouteBody, made: Operation, after: string | null): RouteBody {
  const operations = [...route.operations, made];
  if (after === null) return { ...route, operations, start: route.start.length === 0 ? [made.id] : route.start };
  const moved = route.links.map((link) => (link.from === after && link.when === "passed" && made.kind !== "rework" ? { ...link, from: made.id } : link));
  const into: RouteLink = { from: after, to: made.id, when: made.kind === "rework" ? "failed" : "passed" };
  const back: RouteLink[] = made.kind === "rework" ? [{ from: made.id, to: after, when: "passed" }] : [];
  return { ...route, operations, links: [...moved, into, ...back] };
}
