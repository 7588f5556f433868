/** A lot on its route, portion by portion: `production/domain/portions.py`, told again. */
import { Decimal } from "../../expressions/decimal";
import type { Marking, Result, RouteMap } from "./route";
import type { Lot } from "./types";

const PIECES = "C62";

const total = (several: readonly Decimal[]): Decimal => several.reduce((sum, each) => sum.add(each), Decimal.ZERO);
const least = (one: Decimal, other: Decimal): Decimal => (one.compare(other) < 0 ? one : other);
const most = (one: Decimal, other: Decimal): Decimal => (one.compare(other) > 0 ? one : other);

export class Portions {
  marking: Marking;
  readonly #had = new Map<string, Decimal>();
  readonly #gave = new Map<string, Decimal>();
  readonly #fell = new Map<string, Decimal>();
  readonly #uncounted = new Set<string>();
  readonly #units = new Set<string>();
  readonly #whole: Decimal;
  readonly #counted: boolean;
  #complete: boolean;

  constructor(
    readonly known: RouteMap,
    lot: Lot | null,
    ordered: Decimal,
  ) {
    this.marking = known.start();
    const made = lot?.quantity ? Decimal.typed(lot.quantity) : null;
    this.#counted = made !== null;
    this.#whole = made ?? ordered;
    this.#complete = lot?.cut !== true;
    if (lot && made) this.#units.add(lot.unit);
  }

  /** Whether a portion may go through an operation beside what is open on the route for others. */
  fits(operation: string, quantity: Decimal | null): boolean {
    if (quantity === null || quantity.units <= 0n) return false;
    const spent = this.known.again(operation, this.marking) ? Decimal.ZERO : this.#fellInto(operation);
    return quantity.compare(this.#room(operation).subtract(spent)) <= 0;
  }

  /** How much of the lot may still pass at an operation; null where what is on record does not tell. */
  left(operation: string, unit: string | null | undefined): Decimal | null {
    const others = [...this.#units].some((each) => each !== (unit || PIECES));
    return !this.#complete || others || !this.#told(operation, new Set()) ? null : most(this.#room(operation), Decimal.ZERO);
  }

  /** The operations before, each with how much it has let through. */
  sources(operation: string): [string, Decimal][] {
    return [...this.known.before(operation)].sort().map((each) => [each, this.#passedOn(each, new Set([operation]))]);
  }

  had(operation: string): Decimal {
    return this.#had.get(operation) ?? Decimal.ZERO;
  }

  take(operation: string, result: Result, quantity: Decimal | null, unit?: string | null): void {
    const room = quantity === null ? most(this.#room(operation), Decimal.ZERO) : Decimal.ZERO;
    const beside = this.fits(operation, quantity) && !this.known.legal(this.marking).has(operation);
    this.marking = beside ? this.known.beside(this.marking, operation, result) : this.known.after(this.marking, operation, result);
    if (quantity === null) this.#uncounted.add(operation);
    else this.#units.add(unit || PIECES);
    const amount = quantity ?? room;
    const add = (to: Map<string, Decimal>, more: Decimal) => to.set(operation, (to.get(operation) ?? Decimal.ZERO).add(more));
    add(this.#had, result === "failed" && this.known.stays(operation) ? Decimal.ZERO : amount);
    if (this.known.goesOn(operation, result)) add(this.#gave, amount);
    if (result === "failed") add(this.#fell, amount);
  }

  /** Something was done that no operation names, and that may have changed how much there is. */
  loseCount(): void {
    this.#complete = false;
  }

  #fellInto(operation: string): Decimal {
    return total([...this.known.failing(operation)].map((each) => this.#fell.get(each) ?? Decimal.ZERO));
  }

  #room(operation: string): Decimal {
    const own = this.#reached(operation, new Set()).subtract(this.had(operation));
    const choice = [...this.known.choice(operation)];
    if (choice.length === 1) return own;
    const before = new Set(choice.flatMap((each) => [...this.known.before(each)]));
    const came = total([...before].map((each) => this.#passedOn(each, new Set(choice.filter((other) => other !== each)))));
    const begins = choice.some((each) => (this.known.route.start ?? []).includes(each)) ? this.#whole : Decimal.ZERO;
    const into = begins.add(came).add(total(choice.map((each) => this.#fellInto(each))));
    return least(own, into.subtract(total(choice.map((each) => this.had(each)))));
  }

  #reached(operation: string, seen: ReadonlySet<string>): Decimal {
    const before = [...this.known.before(operation)].filter((each) => !seen.has(each));
    const came = before.map((each) => this.#passedOn(each, new Set([...seen, operation])));
    const fell = this.#fellInto(operation);
    if ((this.known.route.start ?? []).includes(operation)) return this.#whole.add(total(came)).add(fell);
    if (this.known.operations.get(operation)?.join === "all") return came.reduce(least, came[0] ?? Decimal.ZERO).add(fell);
    return total(came).add(fell);
  }

  #passedOn(operation: string, seen: ReadonlySet<string>): Decimal {
    const gave = this.#gave.get(operation) ?? Decimal.ZERO;
    return this.known.skippable(operation) ? most(gave, this.#reached(operation, seen)) : gave;
  }

  #told(operation: string, seen: ReadonlySet<string>): boolean {
    if (!this.#counted && (this.known.route.start ?? []).includes(operation)) return false;
    const before = [...this.known.before(operation), ...this.known.failing(operation)].filter((each) => !seen.has(each));
    return before.every((each) => !(this.#uncounted.has(each) || this.known.skippable(each)) || this.#told(each, new Set([...seen, operation])));
  }
}
