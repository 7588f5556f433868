/** Where an item stands on its route and what is legal now: `production/domain/progress.py` and `matching.py`, told again. */
import type { Operation, Route } from "./types";

export type Result = "passed" | "failed";
export interface Marking {
  /** Each a choice between operations of which one is to be done. */
  tokens: readonly (readonly string[])[];
  /** Operation and the one that waits for it. */
  arrivals: readonly (readonly [string, string])[];
  done: Readonly<Record<string, number>>;
}

const MOST_SKIPS = 512;

const shortStep = (step: string): string => step.replace(/^https:\/\/ref\.gs1\.org\/cbv\/BizStep-/u, "").replace(/^urn:epcglobal:cbv:bizstep:/u, "");

function nearest(candidates: readonly Operation[], place: string | null): Operation | null {
  let best: [number, Operation] | null = null;
  for (const each of candidates) {
    const places = each.places ?? [];
    const fits = places.filter((known) => place !== null && place.startsWith(known)).map((known) => known.length);
    if (places.length && !fits.length) continue;
    const length = Math.max(0, ...fits);
    if (best === null || length > best[0]) best = [length, each];
  }
  return best?.[1] ?? null;
}

/** The operation that an event is of: by its trace node, else by its step; the one whose place fits best. */
export function match(route: Route, step: string | null, node: string | null, place: string | null): Operation | null {
  const operations = route.operations ?? [];
  const byNode = nearest(operations.filter((each) => node !== null && each.node === node), place);
  if (byNode || step === null) return byNode;
  const wanted = shortStep(step);
  return nearest(operations.filter((each) => typeof each.step === "string" && shortStep(each.step) === wanted), place);
}

export class RouteMap {
  readonly operations: ReadonlyMap<string, Operation>;
  readonly #out = new Map<string, [string, string][]>();
  readonly #in = new Map<string, Set<string>>();
  readonly #failing = new Map<string, Set<string>>();
  readonly #choices = new Map<string, ReadonlySet<string>>();
  readonly #after = new Map<string, Set<string>>();

  constructor(readonly route: Route) {
    this.operations = new Map((route.operations ?? []).map((each) => [each.id, each]));
    for (const { from, to, when = "passed" } of route.links ?? []) {
      if (!this.operations.has(from) || !this.operations.has(to)) continue;
      this.#out.set(from, [...(this.#out.get(from) ?? []), [when, to]]);
      const into = when === "failed" ? this.#failing : this.#in;
      into.set(to, (into.get(to) ?? new Set()).add(from));
    }
    this.#choose();
    for (const id of this.operations.keys()) this.#after.set(id, this.#reached(id));
  }

  #reached(operation: string): Set<string> {
    const found = new Set<string>();
    const ahead = [operation];
    for (let next = ahead.pop(); next !== undefined; next = ahead.pop())
      for (const [when, target] of this.#out.get(next) ?? [])
        if (when !== "failed" && !found.has(target)) {
          found.add(target);
          ahead.push(target);
        }
    return found;
  }

  /** Operations of which a portion that comes takes one; each alone where nothing is chosen. */
  #choose(): void {
    const together = [...[...this.#out.values()].map((out) => out.filter(([when]) => when === "passed").map(([, target]) => target)), (this.route.start ?? []).filter((each) => this.operations.has(each))];
    for (const targets of together) {
      const joined = new Set(targets.flatMap((each) => [...this.choice(each)]));
      for (const each of joined) this.#choices.set(each, joined);
    }
    const parallel = new Set([...this.#out.values()].flatMap((out) => out.filter(([when]) => when === "always").map(([, target]) => target)));
    for (const { id, join } of this.operations.values()) if (join === "all") parallel.add(id);
    for (const [each, found] of [...this.#choices]) if ([...found].some((other) => parallel.has(other))) this.#choices.delete(each);
  }

  /** The operations of which a portion takes one, this one among them. */
  choice(operation: string): ReadonlySet<string> {
    return this.#choices.get(operation) ?? new Set([operation]);
  }

  /** The operations of which what fails comes here. */
  failing(operation: string): ReadonlySet<string> {
    return this.#failing.get(operation) ?? new Set();
  }

  start(): Marking {
    const begins = (this.route.start ?? []).filter((each) => this.operations.has(each));
    return { tokens: begins.length ? [begins] : [], arrivals: [], done: {} };
  }

  /** The operations after which this one may come, where they pass. */
  before(operation: string): ReadonlySet<string> {
    return this.#in.get(operation) ?? new Set();
  }

  /** Whether what fails here stays until it passes. */
  stays(operation: string): boolean {
    return !(this.#out.get(operation) ?? []).some(([when]) => when === "failed");
  }

  /** Whether what was done here comes to the operations after it, other than by rework. */
  goesOn(operation: string, result: Result): boolean {
    const always = (this.#out.get(operation) ?? []).some(([when]) => when === "always");
    return result === "passed" || (always && !this.stays(operation));
  }

  again(operation: string, { done }: Marking): boolean {
    const most = this.route.max_rework;
    return most === null || most === undefined || (done[operation] ?? 0) <= most;
  }

  skippable(operation: string): boolean {
    const each = this.operations.get(operation);
    return each?.optional === true || (each?.sampling_every ?? 1) > 1;
  }

  #followers(operation: string, result: Result): string[][] {
    const given = this.#out.get(operation) ?? [];
    const chosen = [...new Set(given.filter(([when]) => when === result).map(([, target]) => target))];
    const always = given.filter(([when]) => when === "always").map(([, target]) => [target]);
    if (result === "failed" && !chosen.length) return [[operation]];
    return [...(chosen.length ? [chosen] : []), ...always];
  }

  #waits(target: string): ReadonlySet<string> {
    return this.operations.get(target)?.join === "all" ? (this.#in.get(target) ?? new Set()) : new Set();
  }

  #given(marking: Marking, left: readonly (readonly string[])[], operation: string, result: Result, count: boolean): Marking {
    let tokens = [...left];
    let arrivals = [...marking.arrivals];
    if (count && marking.done[operation]) {
      const following = this.#after.get(operation) ?? new Set();
      arrivals = arrivals.filter(([from]) => from !== operation && !following.has(from));
      tokens = tokens.filter((token) => !token.some((each) => following.has(each)));
    }
    for (const token of this.#followers(operation, result)) {
      const [target = ""] = token;
      const waits = token.length === 1 ? this.#waits(target) : new Set<string>();
      if (!waits.size || target === operation) {
        tokens.push(token);
        continue;
      }
      if (!arrivals.some(([from, to]) => from === operation && to === target)) arrivals.push([operation, target]);
      const here = new Set(arrivals.filter(([, to]) => to === target).map(([from]) => from));
      if ([...waits].every((each) => here.has(each))) {
        arrivals = arrivals.filter(([, to]) => to !== target);
        tokens.push(token);
      }
    }
    return { tokens, arrivals, done: count ? { ...marking.done, [operation]: (marking.done[operation] ?? 0) + 1 } : marking.done };
  }

  #fire(marking: Marking, operation: string, result: Result, count: boolean): Marking | null {
    const at = marking.tokens.findIndex((token) => token.includes(operation));
    return at < 0 ? null : this.#given(marking, marking.tokens.filter((_, number) => number !== at), operation, result, count);
  }

  /** The marking and those after leaving out what may be left out, fewest first. */
  *#reachable(marking: Marking): Generator<Marking> {
    const key = ({ tokens, arrivals }: Marking) => JSON.stringify([tokens.map((token) => [...token].sort()).sort(), [...arrivals].sort()]);
    const seen = new Set([key(marking)]);
    const queue = [marking];
    for (let current = queue.shift(); current && seen.size <= MOST_SKIPS; current = queue.shift()) {
      yield current;
      for (const operation of current.tokens.flat()) {
        const after = this.skippable(operation) ? this.#fire(current, operation, "passed", false) : null;
        if (after && !seen.has(key(after))) {
          seen.add(key(after));
          queue.push(after);
        }
      }
    }
  }

  legal(marking: Marking): Set<string> {
    const found = new Set<string>();
    for (const reached of this.#reachable(marking)) for (const operation of reached.tokens.flat()) if (this.again(operation, marking)) found.add(operation);
    return found;
  }

  after(marking: Marking, operation: string, result: Result): Marking {
    for (const reached of this.#reachable(marking)) {
      const fired = this.#fire(reached, operation, result, true);
      if (fired) return fired;
    }
    if (!this.operations.has(operation)) return marking;
    return this.#given({ tokens: [], arrivals: [], done: marking.done }, [], operation, result, true);
  }

  /** The marking after an operation had another portion of the lot: what was open stays open beside it. */
  beside(marking: Marking, operation: string, result: Result): Marking {
    return this.#given(marking, marking.tokens, operation, result, false);
  }
}
