import type { HistoryStep } from "../../api/floor";
import type { Measured } from "./LimitChart";

/** One parameter of the history, with every value that was measured, in time order. */
export interface MeasuredParameter {
  key: string;
  name: string;
  unit: string | null;
  low: number | null;
  high: number | null;
  values: Measured[];
  /** What is not a number: a text or a yes and no. */
  words: string[];
  outside: boolean;
  event: number;
}

const numeric = (value: unknown): number | null => {
  if (value === null || value === undefined || value === "" || typeof value === "boolean") return null;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : null;
};

/** The parameters of all steps that count, each once with its values; those out of limits come first. */
export function parametersOf(steps: readonly HistoryStep[]): MeasuredParameter[] {
  const found = new Map<string, MeasuredParameter>();
  for (const step of steps) {
    if (step.voided || step.declares_error) continue;
    for (const { name, value, unit, low, high, ok } of step.parameters) {
      const key = `${name} ${unit ?? ""}`;
      const known = found.get(key) ?? { key, name, unit: unit ?? null, low: null, high: null, values: [], words: [], outside: false, event: step.number };
      const number = numeric(value);
      if (number === null) known.words.push(String(value ?? ""));
      else known.values.push({ value: number, ok: ok ?? null });
      known.low = numeric(low) ?? known.low;
      known.high = numeric(high) ?? known.high;
      if (ok === false) {
        known.outside = true;
        known.event = step.number;
      }
      found.set(key, known);
    }
  }
  return [...found.values()].sort((one, other) => Number(other.outside) - Number(one.outside));
}
