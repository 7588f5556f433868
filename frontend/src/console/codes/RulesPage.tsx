import { PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { client, unwrap } from "../../api/client";
import { useMay } from "../../api/session";
import type { DefinitionRow } from "../../designer/definitions";
import "../../designer/designer.css";
import { StateTag } from "../../designer/StateTag";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";
import { ViewMenu } from "../../meta/ViewMenu";
import { PageHead } from "../PageHead";
import "./codes.css";
import { NewRule } from "./NewRule";
import { ReadyGallery } from "./ReadyGallery";
import { CODE_RULE, type ReadyRule } from "./useRules";

function useColumns(): Column<DefinitionRow>[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  return useMemo(
    (): Column<DefinitionRow>[] => [
      {
        key: "title",
        title: t("rules.column.title"),
        fixed: true,
        card: "heading",
        render: (row) => <Link to={`/code-rules/${row.key}`}>{named(language, row.title_zh, row.title_en, row.key)}</Link>,
      },
      { key: "key", title: t("designer.create.key"), render: ({ key }) => <span className="code">{key}</span> },
      { key: "state", title: t("rules.column.state"), card: "corner", render: (row) => <StateTag row={row} /> },
      {
        key: "changed",
        title: t("rules.column.changed"),
        render: ({ changed, changed_by: by }) => `${formats.dateTime(changed)} · ${by}`,
      },
    ],
    [t, language, formats],
  );
}

/** The rules of the plant, and ready ones to start from. */
export default function RulesPage() {
  const { t } = useTranslation();
  const go = useNavigate();
  const may = useMay();
  const writes = may("designer:definition:write");
  const [making, setMaking] = useState<{ from: ReadyRule | null } | null>(null);
  const columns = useColumns();
  const list = usePagedList<DefinitionRow>(["definitions", CODE_RULE], (cursor, signal) =>
    unwrap(client.GET("/api/v1/definitions", { params: { query: { kind: CODE_RULE, ...(cursor ? { cursor: Number(cursor) } : {}) } }, signal })),
  );
  return (
    <div className="page">
      <PageHead title={t("rules.title")} text={t("rules.text")}>
        {may("coding:code:read") && <Button onClick={() => void go("/codes")}>{t("rules.toCodes")}</Button>}
        {writes && (
          <Button type="primary" icon={<PlusOutlined />} data-action="new" onClick={() => setMaking({ from: null })}>
            {t("rules.new")}
          </Button>
        )}
        <ViewMenu name="rules" columns={columns} onRefresh={list.refresh} refreshing={list.fetching} />
      </PageHead>
      <DataTable<DefinitionRow>
        name="rules"
        label={t("rules.list")}
        columns={columns}
        list={list}
        rowKey={({ key }) => key}
        onOpen={({ key }) => void go(`/code-rules/${key}`)}
        empty={<Empty title={t("rules.emptyTitle")} text={t("rules.emptyText")} />}
      />
      <ReadyGallery onUse={writes ? (ready) => setMaking({ from: ready }) : null} />
      <NewRule open={making !== null} from={making?.from ?? null} onClose={() => setMaking(null)} />
    </div>
  );
}
