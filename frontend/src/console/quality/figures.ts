import type { components } from "../../api/schema";

type Schemas = components["schemas"];
export type Quality = Schemas["Quality"];
export type QualityRow = Schemas["QualityRow"];
export type Targets = Schemas["QualityTargets"];

export const BY = ["person", "team", "node", "site", "device"] as const;
export type By = (typeof BY)[number];
export const PERIODS = [1, 7, 30, 90] as const;
export const WAYS = ["scan", "camera", "device", "import", "kept", "default", "voice", "manual"] as const;
export const WHAT = ["all", "by_hand", "late", "corrected", "refused", "overridden"] as const;
export type What = (typeof WHAT)[number];
const AUTOMATIC = ["scan", "camera", "device"] as const;
const MINUTE = 60;
const HOUR = 3600;

export function automaticShare(row: QualityRow): number {
  return share(AUTOMATIC.reduce((sum, way) => sum + (row.ways[way] ?? 0), 0), row);
}

export function share(count: number, row: QualityRow): number {
  return row.entries === 0 ? 0 : count / row.entries;
}

export interface Figure {
  name: "points" | "automatic" | "late" | "corrected" | "refused";
  value: number;
  target: number;
  atLeast: boolean;
  met: boolean;
}

/** The figures that targets are set for: points as they are, shares in percent. */
export function figures(row: QualityRow, targets: Targets): Figure[] {
  const percent = (part: number) => Math.round(part * 1000) / 10;
  const made = (name: Figure["name"], value: number, target: number, atLeast: boolean): Figure => ({ name, value, target, atLeast, met: atLeast ? value >= target : value <= target });
  return [
    made("points", row.points, targets.points, true),
    made("automatic", percent(automaticShare(row)), targets.automatic, true),
    made("late", percent(share(row.late, row)), targets.late, false),
    made("corrected", percent(share(row.corrections, row)), targets.corrected, false),
    made("refused", percent(share(row.refused, row)), targets.refused, false),
  ];
}

/** Seconds in the unit that people read: which text, and its number. */
export function inUnit(seconds: number): { unit: "seconds" | "minutes" | "hours"; n: number } {
  if (seconds < MINUTE) return { unit: "seconds", n: Math.round(seconds * 10) / 10 };
  if (seconds < HOUR) return { unit: "minutes", n: Math.round(seconds / 6) / 10 };
  return { unit: "hours", n: Math.round(seconds / (HOUR / 10)) / 10 };
}
