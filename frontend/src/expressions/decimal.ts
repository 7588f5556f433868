import { DIGITS, ExpressionError } from "./bounds";

const LONGEST = 200;
const NUMBER = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/;
const TYPED = /^[+-]?[0-9]+(\.[0-9]+)?$/;

const power = (places: number): bigint => 10n ** BigInt(places);
const sizeOf = (units: bigint): bigint => (units < 0n ? -units : units);

/** An exact decimal of at most 28 digits: `units` / 10^`places`, without needless zeros. */
export class Decimal {
  readonly units: bigint;
  readonly places: number;

  private constructor(units: bigint, places: number) {
    this.units = units;
    this.places = places;
  }

  static readonly ZERO = new Decimal(0n, 0);

  static whole(number: number | bigint): Decimal {
    return Decimal.fitted(BigInt(number), 0);
  }

  /** units / 10^places, rounded half to even where it has more than 28 digits. */
  static fitted(units: bigint, places: number): Decimal {
    if (units === 0n) return Decimal.ZERO;
    const digits = sizeOf(units).toString();
    const before = digits.length - places;
    if (before < -DIGITS) return Decimal.ZERO;
    if (before > DIGITS || digits.length > LONGEST) throw new ExpressionError("number_too_large");
    if (places > DIGITS - Math.max(before, 0)) return Decimal.ratio(units, power(places));
    const zeros = Math.min(digits.length - digits.replace(/0+$/, "").length, places);
    return new Decimal(units / power(zeros), places - zeros);
  }

  /** above / below, rounded once, half to even; `below` is positive. */
  static ratio(above: bigint, below: bigint): Decimal {
    const size = sizeOf(above);
    const whole = size / below;
    const places = DIGITS - (whole === 0n ? 0 : whole.toString().length);
    if (places < 0) throw new ExpressionError("number_too_large");
    const scaled = size * power(places);
    const rest = scaled % below;
    let quotient = scaled / below;
    if (2n * rest > below || (2n * rest === below && quotient % 2n === 1n)) quotient += 1n;
    if (places === 0 && quotient >= power(DIGITS)) throw new ExpressionError("number_too_large");
    return Decimal.shortest(above < 0n ? -quotient : quotient, places);
  }

  private static shortest(units: bigint, places: number): Decimal {
    let [left, kept] = [units, places];
    while (kept > 0 && left % 10n === 0n) [left, kept] = [left / 10n, kept - 1];
    return new Decimal(left, kept);
  }

  /** The number that a text of plain digits is; nothing where it is none or has more than 28 digits. */
  static typed(text: string): Decimal | null {
    if (text.length > LONGEST || !TYPED.test(text)) return null;
    try {
      return Decimal.read(text);
    } catch {
      return null;
    }
  }

  /** The number of a syntax tree or of stored values: `-12.50`; nothing for other texts. */
  static from(text: string): Decimal | null {
    return text.length <= LONGEST && NUMBER.test(text) ? Decimal.read(text) : null;
  }

  private static read(text: string): Decimal {
    const [whole = "", fraction = ""] = text.replace("+", "").split(".");
    return Decimal.fitted(BigInt(whole.replace("-", "") + fraction) * (whole.startsWith("-") ? -1n : 1n), fraction.length);
  }

  private aligned(other: Decimal): [bigint, bigint, number] {
    const places = Math.max(this.places, other.places);
    return [this.units * power(places - this.places), other.units * power(places - other.places), places];
  }

  add(other: Decimal): Decimal {
    const [left, right, places] = this.aligned(other);
    return Decimal.fitted(left + right, places);
  }

  subtract(other: Decimal): Decimal {
    return this.add(other.negated());
  }

  negated(): Decimal {
    return this.units === 0n ? this : new Decimal(-this.units, this.places);
  }

  multiply(other: Decimal): Decimal {
    return Decimal.fitted(this.units * other.units, this.places + other.places);
  }

  /** Nothing where `other` is zero. */
  divide(other: Decimal): Decimal | null {
    if (other.units === 0n) return null;
    const [left, right] = this.aligned(other);
    return Decimal.ratio(right < 0n ? -left : left, sizeOf(right));
  }

  /** What is left after whole divisions, with this number's sign. */
  remainder(other: Decimal): Decimal | null {
    if (other.units === 0n) return null;
    const [left, right, places] = this.aligned(other);
    return Decimal.fitted(left % right, places);
  }

  /** At so many places after the point, half away from zero. */
  rounded(places: number): Decimal {
    if (places >= this.places) return this;
    const step = power(this.places - places);
    const quotient = (sizeOf(this.units) * 2n + step) / (step * 2n);
    const units = (this.units < 0n ? -quotient : quotient) * (places < 0 ? power(-places) : 1n);
    return Decimal.fitted(units, Math.max(places, 0));
  }

  floor(): Decimal {
    const step = power(this.places);
    const cut = this.units / step;
    return Decimal.fitted(this.units < 0n && cut * step !== this.units ? cut - 1n : cut, 0);
  }

  ceil(): Decimal {
    return this.negated().floor().negated();
  }

  abs(): Decimal {
    return this.units < 0n ? this.negated() : this;
  }

  compare(other: Decimal): number {
    const [left, right] = this.aligned(other);
    return left < right ? -1 : left > right ? 1 : 0;
  }

  isWhole(): boolean {
    return this.places === 0;
  }

  /** Plain digits without needless zeros. */
  toString(): string {
    const digits = sizeOf(this.units).toString().padStart(this.places + 1, "0");
    const sign = this.units < 0n ? "-" : "";
    return this.places === 0 ? sign + digits : `${sign}${digits.slice(0, -this.places)}.${digits.slice(-this.places)}`;
  }
}
