import { DownloadOutlined } from "@ant-design/icons";
import { Button, Dropdown, Flex, Select, Tag } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { HeldRole } from "../../api/contract";
import { siteNames, usePermissionsQuery } from "../../api/permissions";
import { useMay, useSession } from "../../api/session";
import "../../i18n/access";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";
import { PageHead } from "../PageHead";
import "./access.css";

const AWAY_DAYS = 90;
type Shown = "everybody" | "administrators" | "away";
interface Question {
  permission?: string;
  site_id?: number;
  administrative?: boolean;
  unused_days?: number;
}

function useColumns(titles: ReadonlyMap<string, string>): Column<HeldRole>[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const { sites } = useSession();
  const { date, dateTime } = useFormats();
  return useMemo(() => {
    const places = siteNames(sites);
    const where = (id: number | null | undefined) => {
      const site = id ? places.get(id) : undefined;
      return site ? named(language, site.name_zh, site.name_en, site.code) : id ? String(id) : t("people.allSites");
    };
    return [
      {
        key: "person",
        title: t("access.column.person"),
        fixed: true,
        card: "heading",
        render: ({ name, login, active }) => (
          <span className="tags">
            {name} <span className="muted code">{login}</span>
            {!active && <Tag>{t("people.inactive")}</Tag>}
          </span>
        ),
      },
      {
        key: "role",
        title: t("access.column.role"),
        render: ({ role_zh, role_en, administrative }) => (
          <span className="tags">
            {named(language, role_zh, role_en)}
            {administrative.length > 0 && (
              <Tag color="warning" title={t("access.administers", { rights: administrative.map((name) => titles.get(name) ?? name).join(", ") })}>
                {t("access.administrative")}
              </Tag>
            )}
          </span>
        ),
      },
      { key: "site", title: t("access.column.site"), render: ({ site_id }) => where(site_id) },
      { key: "rights", title: t("access.column.rights"), align: "end", render: ({ rights }) => t("access.count", { n: rights }) },
      { key: "since", title: t("access.column.since"), render: ({ since }) => <span className="num">{since ? date(since) : t("access.unknown")}</span> },
      { key: "last", title: t("access.column.last"), render: ({ last_sign_in: last }) => <span className="num">{last ? dateTime(last) : t("access.never")}</span> },
      { key: "factor", title: t("access.column.factor"), render: ({ second_factor }) => (second_factor ? t("access.yes") : t("access.no")) },
    ];
  }, [t, language, sites, date, dateTime, titles]);
}

function fileOf(question: Question, format: string): string {
  const query = new URLSearchParams({ format });
  for (const [name, value] of Object.entries(question)) query.set(name, String(value));
  return `/api/v1/security/access/file?${query.toString()}`;
}

/** Who can do what, where, through which role, since when: for the review that somebody signs every quarter. */
export default function AccessPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { sites } = useSession();
  const takes = useMay()("tenancy:token:read");
  const [permission, setPermission] = useState<string | null>(null);
  const [site, setSite] = useState<number | null>(null);
  const [shown, setShown] = useState<Shown>("everybody");
  const permissions = usePermissionsQuery();
  const titles = useMemo(() => new Map((permissions.data ?? []).map(({ name, zh, en }) => [name, named(language, zh, en)])), [permissions.data, language]);
  const question: Question = {
    ...(permission ? { permission } : {}),
    ...(site ? { site_id: site } : {}),
    ...(shown === "administrators" ? { administrative: true } : {}),
    ...(shown === "away" ? { unused_days: AWAY_DAYS } : {}),
  };
  const list = usePagedList<HeldRole>(["access", question], (_cursor, signal) => unwrap(client.GET("/api/v1/security/access", { params: { query: question }, signal })));
  const columns = useColumns(titles);
  return (
    <div className="page">
      <PageHead title={t("access.title")} text={t("access.text")}>
        {takes && (
          <Dropdown
            trigger={["click"]}
            menu={{
              items: (["excel", "csv", "pdf"] as const).map((key) => ({
                key,
                label: (
                  <a href={fileOf(question, key === "excel" ? "xlsx" : key)} download>
                    {t(`access.${key}`)}
                  </a>
                ),
              })),
            }}
          >
            <Button icon={<DownloadOutlined aria-hidden />}>{t("access.download")}</Button>
          </Dropdown>
        )}
      </PageHead>
      <Flex gap={8} wrap className="access-bar">
        <Select
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          className="access-choice"
          aria-label={t("access.right")}
          placeholder={t("access.any")}
          value={permission}
          onChange={(chosen: string | undefined) => setPermission(chosen ?? null)}
          options={(permissions.data ?? []).map(({ name, zh, en }) => ({ value: name, label: named(language, zh, en) }))}
        />
        {sites.length > 1 && (
          <Select
            allowClear
            className="access-choice"
            aria-label={t("access.site")}
            placeholder={t("access.anySite")}
            value={site}
            onChange={(chosen: number | undefined) => setSite(chosen ?? null)}
            options={sites.map(({ id, code, name_zh, name_en }) => ({ value: id, label: named(language, name_zh, name_en, code) }))}
          />
        )}
        <Select<Shown>
          className="access-choice"
          aria-label={t("access.show")}
          value={shown}
          onChange={setShown}
          options={(["everybody", "administrators", "away"] as const).map((value) => ({ value, label: t(`access.${value}`) }))}
        />
      </Flex>
      <DataTable<HeldRole>
        name="access"
        label={t("access.list")}
        columns={columns}
        list={list}
        rowKey={(row) => `${row.user_id} ${row.role_id} ${row.site_id ?? ""}`}
        empty={<Empty title={t("access.empty")} text={t("access.emptyText")} />}
      />
    </div>
  );
}
