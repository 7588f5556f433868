import { DownloadOutlined } from "@ant-design/icons";
import { Button, Flex, Select } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { HeldRight } from "../../api/contract";
import { siteNames, usePermissionsQuery } from "../../api/permissions";
import { useSession } from "../../api/session";
import { named, useLanguage } from "../../i18n/language";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";

/** Excel opens a CSV in Chinese only with a byte order mark; a cell that looks like a formula is made text. */
function csvOf(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => `"${(/^[=+\-@]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
  return `\uFEFF${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** Who can do what, and where: for an access review. */
export function RightsList() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { sites } = useSession();
  const [permission, setPermission] = useState<string | null>(null);
  const permissions = usePermissionsQuery();
  const titles = useMemo(() => new Map((permissions.data ?? []).map(({ name, zh, en }) => [name, named(language, zh, en)])), [permissions.data, language]);
  const list = usePagedList<HeldRight>(["rights", permission], (_cursor, signal) =>
    unwrap(client.GET("/api/v1/security/rights", { params: { query: permission ? { permission } : {} }, signal })),
  );
  const columns = useMemo((): (Column<HeldRight> & { text: (row: HeldRight) => string })[] => {
    const places = siteNames(sites);
    const where = ({ site_id: id }: HeldRight) => {
      const site = id === null ? null : places.get(id);
      return site ? named(language, site.name_zh, site.name_en, site.code) : id ? String(id) : t("people.allSites");
    };
    const texts = {
      person: ({ name, login }: HeldRight) => `${name} · ${login}`,
      right: (row: HeldRight) => titles.get(row.permission) ?? row.permission,
      site: where,
      roles: (row: HeldRight) => (language === "en" ? row.roles_en : row.roles_zh).join(language === "en" ? ", " : "、"),
      state: ({ active }: HeldRight) => (active ? t("people.active") : t("people.inactive")),
    };
    const column = (key: keyof typeof texts, card?: Column<HeldRight>["card"]) => ({
      key,
      title: t(`security.rights.${key}`),
      render: texts[key],
      text: texts[key],
      ...(card ? { card } : {}),
    });
    return [{ ...column("person", "heading"), fixed: true }, column("right"), column("site"), column("roles"), column("state", "corner")];
  }, [t, language, sites, titles]);
  const file = () => csvOf([columns.map(({ title }) => title), ...(list.rows ?? []).map((row) => columns.map(({ text }) => text(row)))]);
  const download = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([file()], { type: "text/csv;charset=utf-8" }));
    link.download = "rights.csv";
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <>
      <Flex gap={8} wrap className="rights-bar">
        <Select
          allowClear
          showSearch={{ optionFilterProp: "label" }}
          className="rights-choice"
          aria-label={t("security.rights.right")}
          placeholder={t("security.rights.any")}
          value={permission}
          onChange={(chosen: string | undefined) => setPermission(chosen ?? null)}
          options={(permissions.data ?? []).map(({ name, zh, en }) => ({ value: name, label: named(language, zh, en) }))}
        />
        <Button icon={<DownloadOutlined aria-hidden />} onClick={download} disabled={!list.rows?.length}>
          {t("security.rights.export")}
        </Button>
      </Flex>
      <DataTable<HeldRight>
        name="rights"
        label={t("security.tab.rights")}
        columns={columns}
        list={list}
        rowKey={(row) => `${row.user_id} ${row.permission} ${row.site_id ?? ""}`}
        empty={<Empty title={t("list.noneFound")} text={t("security.rights.emptyText")} />}
      />
    </>
  );
}
