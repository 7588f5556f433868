import type { Parameter } from "../api/contract";

/** Limits as people write them; null where none are set. */
export function limitText({ low, high }: { low?: string | number | null; high?: string | number | null }): string | null {
  if (low != null && high != null) return `${low} … ${high}`;
  if (low != null) return `≥ ${low}`;
  return high != null ? `≤ ${high}` : null;
}

/** One measured value with where it came from. */
export interface Sample {
  readonly value: number;
  readonly ok: boolean | null;
  readonly event: number | null;
}

/** All values of one parameter. */
export interface Series {
  readonly name: string;
  readonly unit: string | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly samples: readonly Sample[];
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly outside: number;
}

type Measurement = Parameter & { readonly event?: number | null };

const number = (value: unknown): number | null => {
  if (value === null || value === undefined || value === "" || typeof value === "boolean") return null;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : null;
};

/** Numeric measurements grouped by name and unit, in the order they come; the last limits stated hold. */
export function seriesOf(measurements: readonly Measurement[]): Series[] {
  const groups = new Map<string, Measurement[]>();
  for (const measurement of measurements) {
    if (number(measurement.value) === null) continue;
    const key = `${measurement.name} ${measurement.unit ?? ""}`;
    const group = groups.get(key);
    if (group) group.push(measurement);
    else groups.set(key, [measurement]);
  }
  return [...groups.values()].map((group) => {
    const first = group[0];
    const samples = group.map((m) => ({ value: number(m.value) ?? 0, ok: m.ok ?? null, event: m.event ?? null }));
    const values = samples.map((sample) => sample.value);
    return {
      name: first?.name ?? "", unit: first?.unit ?? null, low: number(group.findLast((m) => m.low != null)?.low), high: number(group.findLast((m) => m.high != null)?.high),
      samples, min: Math.min(...values), max: Math.max(...values), mean: values.reduce((sum, value) => sum + value, 0) / values.length,
      outside: samples.filter((sample) => sample.ok === false).length,
    };
  });
}
