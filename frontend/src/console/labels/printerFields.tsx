import { useTranslation } from "react-i18next";

import type { Printer, PrinterInput } from "../../api/labels";
import { useSession } from "../../api/session";
import { named, useLanguage } from "../../i18n/language";
import type { FormField } from "../../meta/form";

const NO_SITE = "none";

/** A printer as the form has it: choices are words. */
export interface PrinterForm {
  code: string;
  name: string;
  connection: "tcp" | "virtual";
  host: string;
  port: number;
  language: "zpl" | "tspl";
  dpi: string;
  width_mm: number;
  site: string;
  media: string;
  darkness: number | null;
  speed: number | null;
  pictures: boolean;
  answers: boolean;
  active: boolean;
}

export const NEW_PRINTER: PrinterForm = {
  code: "", name: "", connection: "tcp", host: "", port: 9100, language: "zpl", dpi: "203", width_mm: 108, site: NO_SITE, media: "",
  darkness: null, speed: null, pictures: false, answers: true, active: true,
};

export function toForm(printer: Printer): PrinterForm {
  const { site_id: site, dpi, ...same } = printer;
  return { ...(same as Omit<PrinterForm, "site" | "dpi">), dpi: String(dpi), site: site === null ? NO_SITE : String(site) };
}

export function toInput(form: PrinterForm): PrinterInput {
  const { code, name, connection, host, port, language, width_mm, media, darkness, speed, pictures, answers } = form;
  const dpi = Number(form.dpi) as PrinterInput["dpi"];
  const site_id = form.site === NO_SITE ? null : Number(form.site);
  return { code, name, connection, host: host.trim(), port, language, dpi, width_mm, site_id, media, darkness, speed, pictures, answers };
}

export function usePrinterFields(existing: boolean): FormField[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const { sites } = useSession();
  const words = (name: "connection" | "tongue", values: readonly ("tcp" | "virtual" | "zpl" | "tspl")[]) =>
    values.map((value) => ({ value, label: t(`labels.${name}.${value}` as "labels.connection.tcp") }));
  const fields: FormField[] = [
    { kind: "text", name: "name", label: t("labels.column.name"), required: true, max: 120 },
    { kind: "text", name: "code", label: t("labels.column.code"), required: true, max: 40, code: true, pattern: /^[A-Za-z0-9][A-Za-z0-9._-]*$/, patternText: t("labels.codePattern") },
    { kind: "choice", name: "connection", label: t("labels.printerField.connection"), help: t("labels.printerField.connectionHelp"), choices: words("connection", ["tcp", "virtual"]) },
    { kind: "text", name: "host", label: t("labels.printerField.host"), help: t("labels.printerField.hostHelp"), max: 253, code: true },
    { kind: "number", name: "port", label: t("labels.printerField.port"), least: 1, most: 65_535, required: true },
    { kind: "choice", name: "language", label: t("labels.printerField.language"), choices: words("tongue", ["zpl", "tspl"]) },
    { kind: "choice", name: "dpi", label: t("labels.printerField.dpi"), choices: ["203", "300", "600"].map((value) => ({ value, label: `${value} dpi` })) },
    { kind: "number", name: "width_mm", label: t("labels.printerField.width"), least: 10, most: 300, unit: "mm", required: true },
    {
      kind: "choice",
      name: "site",
      label: t("labels.column.site"),
      choices: [{ value: NO_SITE, label: t("labels.printerField.noSite") }, ...sites.map((site) => ({ value: String(site.id), label: named(language, site.name_zh, site.name_en, site.code) }))],
    },
    { kind: "text", name: "media", label: t("labels.column.media"), max: 200 },
    { kind: "number", name: "darkness", label: t("labels.printerField.darkness"), help: t("labels.printerField.emptyHelp"), least: 0, most: 30 },
    { kind: "number", name: "speed", label: t("labels.printerField.speed"), help: t("labels.printerField.emptyHelp"), least: 1, most: 14 },
    { kind: "switch", name: "answers", label: t("labels.printerField.answers"), help: t("labels.printerField.answersHelp") },
    { kind: "switch", name: "pictures", label: t("labels.printerField.pictures"), help: t("labels.printerField.picturesHelp") },
  ];
  if (existing) fields.push({ kind: "switch", name: "active", label: t("labels.inUse") });
  return fields;
}
