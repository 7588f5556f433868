import { Tag } from "antd";
import { useTranslation } from "react-i18next";

import { useSession } from "../../api/session";
import { named, useLanguage } from "../../i18n/language";
import type { FormField } from "../../meta/form";
import { NameButton } from "../../meta/NameButton";
import type { Column } from "../../meta/table";
import { ExtraControl } from "./controls";

export const NO_SITE = "none";

interface Named {
  code: string;
  name_zh: string;
  name_en: string;
}

/** What most parts of the plant model have in common: code, two names, site, own fields. */
export function usePlantFields() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { sites } = useSession();
  const siteName = (id: number | null) => {
    const site = sites.find((each) => each.id === id);
    return site ? named(language, site.name_zh, site.name_en, site.code) : t("plant.field.noSite");
  };
  const names: FormField[] = [
    { kind: "text", name: "code", label: t("plant.column.code"), help: t("plant.field.codeHelp"), required: true, max: 60, code: true, pattern: /^[A-Za-z0-9][A-Za-z0-9._-]*$/, patternText: t("plant.field.codePattern") },
    { kind: "text", name: "name_zh", label: t("plant.field.nameZh"), required: true, max: 120 },
    { kind: "text", name: "name_en", label: t("plant.field.nameEn"), required: true, max: 120 },
  ];
  const choices = sites.map(({ id }) => ({ value: String(id), label: siteName(id) }));
  const site = (optional: boolean): FormField => ({
    kind: "choice",
    name: "site",
    label: t("plant.column.site"),
    required: !optional,
    choices: optional ? [{ value: NO_SITE, label: t("plant.field.noSite") }, ...choices] : choices,
  });
  const retired: FormField = { kind: "switch", name: "retired", label: t("plant.field.retired") };
  const extra: FormField = { kind: "custom", name: "extra", label: t("plant.field.extra"), control: <ExtraControl /> };
  const nameOf = (row: Named) => named(language, row.name_zh, row.name_en, row.code);
  const nameColumn = <Row extends Named & { retired: boolean }>(open: ((row: Row) => void) | undefined): Column<Row> => ({
    key: "name",
    title: t("plant.column.name"),
    fixed: true,
    card: "heading",
    render: (row) => <NameButton name={nameOf(row)} onOpen={open ? () => open(row) : undefined} />,
  });
  const codeColumn = <Row extends Named & { retired: boolean }>(): Column<Row> => ({
    key: "code",
    title: t("plant.column.code"),
    render: ({ code, retired: gone }) => (
      <>
        <span className="code">{code}</span> {gone && <Tag>{t("plant.retired")}</Tag>}
      </>
    ),
  });
  return { names, site, siteName, retired, extra, nameOf, nameColumn, codeColumn, firstSite: String(sites[0]?.id ?? "") };
}

export const siteId = (site: string): number | null => (site === NO_SITE ? null : Number(site));
export const siteText = (id: number | null): string => (id === null ? NO_SITE : String(id));
