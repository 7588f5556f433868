import type { TFunction } from "i18next";

import type { EventRow } from "../../api/contract";

const TYPES = ["ObjectEvent", "AggregationEvent", "TransformationEvent", "TransactionEvent", "AssociationEvent"] as const;
const ACTIONS = ["ADD", "OBSERVE", "DELETE"] as const;
const ROLES = ["input", "output", "parent", "child", "subject"] as const;
const KINDS = ["unit", "lot", "carrier", "asset", "product", "place", "order", "person", "equipment"] as const;
const METHODS = ["scan", "device", "manual", "voice", "import", "api"] as const;

function known<Name extends string>(names: readonly Name[], value: string | null | undefined): Name | undefined {
  return names.find((name) => name === value);
}

/** What an event says in a word or two: "put into a container", "inputs became outputs". */
export function happened(t: TFunction, event: Pick<EventRow, "type" | "action" | "item_count">): string {
  const type = known(TYPES, event.type);
  if (!type) return event.type;
  // a reading of the surroundings sees no item
  if (event.item_count === 0) return t("domain.happened.noItem");
  return t(`domain.happened.${type}.${known(ACTIONS, event.action) ?? "none"}`);
}

export function roleText(t: TFunction, role: string): string {
  const name = known(ROLES, role);
  return name ? t(`domain.role.${name}`) : role;
}

export function kindText(t: TFunction, kind: string): string {
  const name = known(KINDS, kind);
  return name ? t(`domain.kind.${name}`) : kind;
}

export function methodText(t: TFunction, method: string | null): string {
  const name = known(METHODS, method);
  return name ? t(`domain.method.${name}`) : (method ?? "");
}

/** How a disposition looks: good, bad, on hold, or neutral. */
export function dispositionTone(disposition: string): "success" | "error" | "warning" | "default" {
  if (/^(conformant|active|sellable_accessible|container_closed|retail_sold)$/.test(disposition)) return "success";
  if (/non_conformant|damaged|destroyed|recalled|stolen|expired|disposed|non_sellable/.test(disposition)) return "error";
  if (/hold|quarantin|unknown|inactive|needs_replacement|mismatch/.test(disposition)) return "warning";
  return "default";
}

export function traceLink(uri: string): string {
  return `/trace?code=${encodeURIComponent(uri)}`;
}
