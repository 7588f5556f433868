import { DownloadOutlined, FileExcelOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Select, Spin, Upload } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate, useSearchParams } from "react-router";

import { client, download, unwrap } from "../../api/client";
import { useFormats } from "../../i18n/format";
import "../../i18n/imports";
import { named, useLanguage } from "../../i18n/language";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import { NameButton } from "../../meta/NameButton";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";
import { ViewMenu } from "../../meta/ViewMenu";
import { PageHead } from "../PageHead";
import { ProblemView, useReportProblem } from "../ProblemView";
import { type ImportRow, sendTable } from "./imports";
import "./imports.css";
import { StateOfImport } from "./StateOfImport";

/** Which node, its template, and the table. */
function Intake({ onTaken }: { onTaken: (id: string) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const report = useReportProblem();
  const [asked] = useSearchParams();
  const [node, setNode] = useState<string | null>(asked.get("into"));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const nodes = useQuery({ queryKey: ["import-nodes"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/capture/templates", { signal })) });
  const group = (master: boolean) => ({
    label: t(master ? "imports.masters" : "imports.nodes"),
    options: (nodes.data?.rows ?? []).filter((each) => each.master === master).map((each) => ({ value: each.key, label: named(language, each.title_zh, each.title_en, each.key) })),
  });
  const options = [group(true), group(false)].filter((each) => each.options.length > 0);
  const send = async (file: File) => {
    if (node === null) return;
    setBusy(true);
    setError(null);
    try {
      onTaken((await sendTable(node, file)).row.id);
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="panel import-intake" aria-label={t("imports.title")}>
      <div className="import-node">
        <label>
          {t("imports.node")}
          <Select
            className="wide"
            showSearch={{ optionFilterProp: "label" }}
            aria-label={t("imports.node")}
            placeholder={t("imports.chooseNode")}
            value={nodes.isPending ? null : node}
            options={options}
            loading={nodes.isPending}
            onChange={setNode}
          />
        </label>
        <Button icon={<DownloadOutlined />} disabled={node === null} onClick={() => void download(`/api/v1/capture/templates/${node ?? ""}`, `${node ?? ""}.xlsx`).catch(report)}>
          {t("imports.template")}
        </Button>
      </div>
      <Spin spinning={busy} description={t("imports.reading")}>
        <Upload.Dragger
          accept=".xlsx,.xls,.xlsm,.xlsb,.ods,.csv,.txt,.tsv"
          showUploadList={false}
          disabled={node === null || busy}
          beforeUpload={(file) => {
            void send(file);
            return false;
          }}
        >
          <FileExcelOutlined className="intake-icon" aria-hidden />
          <p className="intake-title">{t(node === null ? "imports.nodeFirst" : "imports.drop")}</p>
          <p className="muted">{t("imports.dropHelp")}</p>
        </Upload.Dragger>
      </Spin>
      {error !== null && <ProblemView error={error} />}
    </section>
  );
}

/** Tables that were imported, and the way in for the next. */
export default function ImportsPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  const go = useNavigate();
  const list = usePagedList<ImportRow>(["imports"], (cursor, signal) =>
    unwrap(client.GET("/api/v1/capture/imports", { params: { query: cursor ? { cursor } : {} }, signal })),
  );
  const columns = useMemo(
    (): Column<ImportRow>[] => [
      { key: "file", title: t("imports.column.file"), fixed: true, card: "heading", render: (row) => <NameButton name={row.file_name} onOpen={() => void go(`/imports/${row.id}`)} /> },
      { key: "state", title: t("imports.column.state"), card: "corner", render: (row) => <StateOfImport row={row} /> },
      { key: "node", title: t("imports.column.node"), render: (row) => named(language, row.title_zh, row.title_en, row.node) },
      { key: "rows", title: t("imports.column.rows"), align: "end", render: (row) => formats.number(row.rows) },
      { key: "recorded", title: t("imports.column.recorded"), align: "end", render: (row) => formats.number(row.recorded) },
      { key: "refused", title: t("imports.column.refused"), align: "end", render: (row) => <span className={row.refused ? "tone-error" : ""}>{formats.number(row.refused)}</span> },
      { key: "by", title: t("imports.column.by"), render: (row) => row.created_by },
      { key: "created", title: t("imports.column.created"), render: (row) => <span className="num">{formats.dateTime(row.created)}</span> },
    ],
    [t, language, formats, go],
  );
  return (
    <div className="page">
      <PageHead title={t("imports.title")} text={t("imports.text")} />
      <Intake onTaken={(id) => void go(`/imports/${id}`)} />
      <div className="section-head">
        <h2>{t("imports.history")}</h2>
        <ViewMenu name="imports" columns={columns} onRefresh={list.refresh} refreshing={list.fetching} />
      </div>
      <DataTable<ImportRow>
        name="imports"
        label={t("imports.history")}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        onOpen={({ id }) => void go(`/imports/${id}`)}
        empty={<Empty title={t("imports.emptyTitle")} text={t("imports.emptyText")} />}
      />
    </div>
  );
}
