import type { TFunction } from "i18next";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { type Names, useNames } from "../api/vocabulary";
import { named, useLanguage } from "../i18n/language";
import type { Wording } from "./genealogy";

const REASONS = ["before", "unloaded", "other_load", "cleaned", "voided", "not_known_then", "sibling", "own_record"] as const;
const STATES = [
  "active", "in_stock", "in_progress", "in_transit", "shipped", "consumed", "scrapped", "held", "packed", "sold", "inactive", "destroyed", "contained", "unknown", "present", "decommissioned",
] as const;
const GAPS = [
  "used_before_made", "no_inputs", "no_outputs", "two_places", "contents_unknown", "output_not_placed", "lot_unknown", "class_without_lot", "seen_not_added",
] as const;

const DOUBTS = ["mixed", "part_of_lot", "order", "booking_lag", "late_booking", "residue", "lot_level", "presence", "contact"] as const;

export function reasonText(t: TFunction, reason: string): string {
  const known = REASONS.find((name) => name === reason);
  return known ? t(`trace.reason.${known}`) : reason;
}

export function doubtText(t: TFunction, doubt: string): string {
  const known = DOUBTS.find((name) => name === doubt);
  return known ? t(`trace.doubt.${known}`) : doubt;
}

/** A parameter's name from the vocabulary; what has none there is shown as it was sent. */
export function parameterText(names: Names, name: string): string {
  const known = names.of("parameters", name);
  return known === name ? names.of("parameters", `urn:suyuan:vocab:parameter:${name}`) : known;
}

export function stateText(t: TFunction, state: string): string {
  const known = STATES.find((name) => name === state);
  return known ? t(`trace.state.${known}`) : state;
}

export const gapText = (t: TFunction, kind: string): string => t(`trace.gaps.kind.${GAPS.find((name) => name === kind) ?? "other"}`);

/** How things are called in the reader's language. */
export function useWording(): Wording {
  const { t } = useTranslation();
  const language = useLanguage();
  const names = useNames();
  return useMemo(
    () => ({
      product: (item) => named(language, item.product_name_zh, item.product_name_en) || names.of("products", item.product),
      place: (item) => named(language, item.place_name_zh, item.place_name_en) || names.of("places", item.place),
      because: (item) => (item.reason === null ? item.doubts.map((doubt) => doubtText(t, doubt)).join(language === "en" ? "; " : "；") : reasonText(t, item.reason)),
    }),
    [language, names, t],
  );
}
