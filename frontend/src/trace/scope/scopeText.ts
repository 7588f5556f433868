import type { TFunction } from "i18next";

const STANDINGS = ["in_production", "in_stock", "shipped", "sold", "consumed", "scrapped", "blocked", "returned", "retired", "unknown", "elsewhere"] as const;

/** How an item stands now, in words. */
export function standingText(t: TFunction, standing: string): string {
  const known = STANDINGS.find((name) => name === standing);
  return known ? t(`scope.standing.${known}`) : standing;
}
