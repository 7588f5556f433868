import { useTranslation } from "react-i18next";

import type { Language } from "../../api/contract";
import { named, useLanguage } from "../../i18n/language";
import { columnsOf, isSilent, type NodeField } from "./model";

/** What is known of an item beside its code; expressions read it as `field.attribute`. */
export const ITEM_FACTS = ["class", "product", "lot", "serial", "expiry", "state", "disposition", "place", "held"] as const;
export type ItemFact = (typeof ITEM_FACTS)[number];

export interface NamedField {
  id: string;
  label: string;
}

export const labelOf = (field: NodeField, language: Language): string => named(language, field.label_zh, field.label_en, field.id);

/** What expressions may name: fields by their labels, and what is known of scanned items. Twins get their id behind them. */
export function expressionNames(fields: readonly NodeField[], language: Language, fact: (name: ItemFact) => string): NamedField[] {
  const found: NamedField[] = [];
  const taken = new Set<string>();
  const add = (id: string, wanted: string) => {
    const label = taken.has(wanted) ? `${wanted} ${id}` : wanted;
    taken.add(label);
    found.push({ id, label });
  };
  const entered = fields.filter((each) => !isSilent(each)).flatMap((field) => [field, ...columnsOf(field)]);
  for (const field of entered) add(field.id, labelOf(field, language));
  for (const field of entered.filter(({ kind }) => kind === "scan"))
    for (const name of ITEM_FACTS) add(`${field.id}.${name}`, `${labelOf(field, language)}.${fact(name)}`);
  return found;
}

export function useExpressionNames(fields: readonly NodeField[]): NamedField[] {
  const { t } = useTranslation();
  const language = useLanguage();
  return expressionNames(fields, language, (name) => t(`nodes.fact.${name}`));
}

/** What a rule of a column may name: the columns of its row, and the form but for its own table's lists. */
export function rowNames(table: NodeField, names: readonly NamedField[], columns: readonly NamedField[]): NamedField[] {
  const outside = names.filter(({ id }) => id !== table.id && !id.startsWith(`${table.id}.`));
  const twins = new Set(columns.map(({ label }) => label));
  return [...columns, ...outside.map(({ id, label }) => ({ id, label: twins.has(label) ? `${label} ${id}` : label }))];
}
