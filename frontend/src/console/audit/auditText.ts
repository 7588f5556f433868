import type { TFunction } from "i18next";

const ACTIONS = ["insert", "update", "delete"] as const;
const VIA = ["session", "token", "system", "database"] as const;
const TABLES = ["master", "user", "public_product", "person", "role", "token", "site", "tenant", "grant", "session", "place", "log_key", "review", "policy", "factor", "former_password"] as const;

export function actionText(t: TFunction, action: string): string {
  const known = ACTIONS.find((name) => name === action);
  return known ? t(`audit.action.${known}`) : action;
}

export function viaText(t: TFunction, via: string): string {
  const known = VIA.find((name) => name === via);
  return known ? t(`audit.via.${known}`) : via;
}

/** `tenancy_person` is a person; a table without a word of its own keeps its name. */
export function tableText(t: TFunction, table: string): string {
  const known = TABLES.find((name) => table === name || table.endsWith(`_${name}`));
  return known ? t(`audit.table.${known}`) : table;
}

export function actionTone(action: string): "success" | "processing" | "error" | "default" {
  if (action === "insert") return "success";
  if (action === "delete") return "error";
  return action === "update" ? "processing" : "default";
}
