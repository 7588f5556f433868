import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { LogPlaceKind } from "../../api/contract";
import type { FormField } from "../../meta/form";

export const KINDS = ["folder", "webhook", "mail", "s3", "timestamp"] as const satisfies readonly LogPlaceKind[];

/** The settings of each kind; those that must be there come first. */
const SETTINGS = {
  folder: { needed: ["path"], possible: [] },
  webhook: { needed: ["url"], possible: [] },
  mail: { needed: ["host", "to"], possible: ["port", "from", "user", "security"] },
  s3: { needed: ["url", "access_key"], possible: ["region", "prefix"] },
  timestamp: { needed: ["url"], possible: ["root_certificate"] },
} as const satisfies Record<LogPlaceKind, { needed: readonly string[]; possible: readonly string[] }>;
const SECRETS: readonly LogPlaceKind[] = ["webhook", "mail", "s3"];
const SECURITY = ["starttls", "tls", "none"] as const;

export interface PlaceForm {
  name: string;
  secret: string;
  every_minutes: number;
  active: boolean;
  [setting: string]: string | number | boolean | undefined;
}

/** What a form says of the settings of one kind; empty ones are left out. */
export function settingsOf(kind: LogPlaceKind, values: PlaceForm): Record<string, string> {
  const { needed, possible } = SETTINGS[kind];
  const given: Record<string, string> = {};
  for (const name of [...needed, ...possible]) {
    const value = values[name];
    if (typeof value === "string" && value.trim() !== "") given[name] = value.trim();
  }
  return given;
}

export function usePlaceFields(kind: LogPlaceKind, known: boolean): FormField[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const { needed, possible } = SETTINGS[kind];
    const required: readonly string[] = needed;
    const setting = (name: (typeof needed)[number] | (typeof possible)[number]): FormField => {
      const label = t(`integrity.places.field.${name}`);
      if (name === "security") return { kind: "choice", name, label, choices: SECURITY.map((value) => ({ value, label: value.toUpperCase() })) };
      const help = name === "path" || name === "root_certificate" ? { help: t(`integrity.places.field.${name}Help`) } : {};
      return { kind: "text", name, label, required: required.includes(name), code: name !== "to" && name !== "from", max: 8000, ...help };
    };
    const fields: FormField[] = known ? [] : [{ kind: "text", name: "name", label: t("integrity.places.field.name"), required: true, max: 80 }];
    fields.push(...[...needed, ...possible].map(setting));
    if (SECRETS.includes(kind))
      fields.push({ kind: "password", name: "secret", label: t("integrity.places.field.secret"), help: t("integrity.places.field.secretHelp"), autoComplete: "new-password" });
    fields.push({ kind: "number", name: "every_minutes", label: t("integrity.places.field.every_minutes"), least: 1, most: 10_080 });
    if (known) fields.push({ kind: "switch", name: "active", label: t("integrity.places.field.active") });
    return fields;
  }, [kind, known, t]);
}
