import type { TFunction } from "i18next";

import { alphabetName, type Segment } from "./segments";

const FIELDS = ["product", "gtin", "lot", "line", "shift", "supplier", "order", "expiry", "drug", "asset_type", "gln", "area", "model", "labeler", "vds", "vds6"] as const;
const CLOCK = ["day", "month", "year"] as const;

/** A field's name in words where it is a usual one. */
export function fieldText(t: TFunction, name: string): string {
  const known = FIELDS.find((each) => each === name);
  if (known) return t(`rules.fields.${known}`);
  const clock = CLOCK.find((each) => each === name);
  return clock ? t(`rules.clock.${clock}`) : name;
}

export function alphabetText(t: TFunction, alphabet: string): string {
  const known = alphabetName(alphabet);
  return known ? t(`rules.alphabets.${known}`) : t("rules.ownAlphabet", { n: alphabet.length });
}

/** One line on what a segment does, for its cell and for whoever hears it. */
export function segmentText(t: TFunction, segment: Segment): string {
  switch (segment.type) {
    case "ai":
      return `(${segment.ai})`;
    case "constant":
      return segment.text || "…";
    case "date":
      return segment.field ? `${segment.pattern} · ${fieldText(t, segment.field)}` : segment.pattern;
    case "sequence":
      return t("rules.cell.sequence", { n: segment.width });
    case "field":
      return fieldText(t, segment.name);
    case "random":
      return t("rules.cell.random", { n: segment.length });
    case "check":
      return segment.algorithm;
  }
}

/** A second, quieter line. */
export function segmentDetail(t: TFunction, segment: Segment): string {
  switch (segment.type) {
    case "sequence":
      return segment.restart.length > 0
        ? t("rules.cell.restart", { what: segment.restart.map((name) => fieldText(t, name)).join(t("rules.listJoin")) })
        : t("rules.cell.noRestart");
    case "field":
      return segment.least === segment.most ? t("rules.cell.fixed", { n: segment.most }) : t("rules.cell.between", { least: segment.least, most: segment.most });
    case "random":
      return alphabetText(t, segment.alphabet);
    case "check":
      return t(`rules.over.${segment.over}`);
    case "ai": {
      const name = AI_NAMES.find((each) => each === segment.ai);
      return name ? t(`rules.ais.${name}`) : t("rules.otherAi");
    }
    default:
      return "";
  }
}

export const AI_NAMES = ["00", "01", "10", "11", "15", "17", "21", "37", "240", "254", "310", "414", "8003", "8004", "8013"] as const;
