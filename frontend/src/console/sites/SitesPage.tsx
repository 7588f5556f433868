import { PlusOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Button } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { Site, SiteInput } from "../../api/contract";
import { SESSION_KEY, useMay } from "../../api/session";
import { named, useLanguage } from "../../i18n/language";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import { FormDrawer } from "../../meta/FormDrawer";
import type { FormField } from "../../meta/form";
import { NameButton } from "../../meta/NameButton";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";
import { ImportLink } from "../imports/ImportLink";
import { PageHead } from "../PageHead";

const NEW_SITE: SiteInput = {
  code: "",
  name_zh: "",
  name_en: "",
  location_uri: null,
  clock_tolerance_ms: 0,
  latest_booking_minutes: 1440,
  emptied_is_clean: false,
};

function useSiteFields(): FormField[] {
  const { t } = useTranslation();
  return [
    {
      kind: "text",
      name: "code",
      label: t("sites.field.code"),
      help: t("sites.field.codeHelp"),
      required: true,
      max: 40,
      code: true,
      pattern: /^[A-Za-z0-9_-]+$/,
      patternText: t("sites.field.codePattern"),
    },
    { kind: "text", name: "name_zh", label: t("sites.field.nameZh"), required: true, max: 100 },
    { kind: "text", name: "name_en", label: t("sites.field.nameEn"), required: true, max: 100 },
    { kind: "text", name: "location_uri", label: t("sites.field.location"), help: t("sites.field.locationHelp"), max: 400, code: true },
    {
      kind: "number",
      name: "clock_tolerance_ms",
      label: t("sites.field.tolerance"),
      help: t("sites.field.toleranceHelp"),
      required: true,
      least: 0,
      most: 3_600_000,
      unit: t("sites.field.milliseconds"),
    },
    {
      kind: "number",
      name: "latest_booking_minutes",
      label: t("sites.field.latestBooking"),
      help: t("sites.field.latestBookingHelp"),
      required: true,
      least: 0,
      most: 43_200,
      unit: t("sites.field.minutes"),
    },
    { kind: "switch", name: "emptied_is_clean", label: t("sites.field.emptied"), help: t("sites.field.emptiedHelp") },
  ];
}

export default function SitesPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const cache = useQueryClient();
  const writes = useMay()("tenancy:site:write");
  const [edited, setEdited] = useState<Site | "new" | null>(null);
  const existing = edited === "new" ? null : edited;
  const fields = useSiteFields();
  const columns = useMemo(
    (): Column<Site>[] => [
      {
        key: "name",
        title: t("sites.column.name"),
        fixed: true,
        card: "heading",
        render: (site) => <NameButton name={named(language, site.name_zh, site.name_en, site.code)} onOpen={writes ? () => setEdited(site) : undefined} />,
      },
      { key: "code", title: t("sites.column.code"), card: "corner", render: ({ code }) => <span className="code">{code}</span> },
      {
        key: "location",
        title: t("sites.column.location"),
        render: ({ location_uri: uri }) => (uri ? <span className="code">{uri}</span> : <span className="muted">{t("sites.none")}</span>),
      },
    ],
    [t, language, writes],
  );
  const list = usePagedList<Site>(["sites"], (_cursor, signal) => unwrap(client.GET("/api/v1/sites", { signal })));
  const save = async ({ code, name_zh, name_en, location_uri, clock_tolerance_ms, latest_booking_minutes, emptied_is_clean }: SiteInput) => {
    const body = {
      code,
      name_zh,
      name_en,
      location_uri: location_uri?.trim() ? location_uri.trim() : null,
      clock_tolerance_ms,
      latest_booking_minutes,
      emptied_is_clean,
    };
    if (existing) await unwrap(client.PATCH("/api/v1/sites/{site_id}", { params: { path: { site_id: existing.id } }, body }));
    else await unwrap(client.POST("/api/v1/sites", { body }));
    await cache.invalidateQueries({ queryKey: ["sites"] });
    void cache.invalidateQueries({ queryKey: SESSION_KEY });
  };
  return (
    <div className="page">
      <PageHead title={t("sites.title")} text={t("sites.text")}>
        <ImportLink into="master.sites" right="tenancy:site:write" />
        {writes && (
          <Button type="primary" icon={<PlusOutlined />} data-action="new" onClick={() => setEdited("new")}>
            {t("sites.new")}
          </Button>
        )}
      </PageHead>
      <DataTable<Site>
        name="sites"
        label={t("sites.list")}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        {...(writes ? { onOpen: setEdited } : {})}
        empty={<Empty title={t("sites.emptyTitle")} text={t("sites.emptyText")} />}
      />
      <FormDrawer<SiteInput>
        open={edited !== null}
        title={existing ? t("sites.edit", { name: named(language, existing.name_zh, existing.name_en) }) : t("sites.new")}
        fields={fields}
        initial={existing ?? NEW_SITE}
        onSubmit={save}
        onClose={() => setEdited(null)}
      />
    </div>
  );
}
