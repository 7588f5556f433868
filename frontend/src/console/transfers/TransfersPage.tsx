import { DownloadOutlined, ExportOutlined } from "@ant-design/icons";
import { App, Alert, Button, Progress, Tag, Typography } from "antd";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { Transfer } from "../../api/contract";
import { useFormats } from "../../i18n/format";
import "../../i18n/transfers";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import { FormDrawer } from "../../meta/FormDrawer";
import type { FormField } from "../../meta/form";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";
import { PageHead } from "../PageHead";
import { useReportProblem } from "../ProblemView";
import "./transfers.css";

const TONE = { waiting: "processing", running: "processing", done: "success", failed: "error", canceled: "default" } as const;
const LOOK_AGAIN_MS = 1500;
const COMMAND = "suyuan tenant import suyuan-….zip --key 'suyuan/…' --data NEW";

const isUnderway = ({ state }: Transfer) => state === "waiting" || state === "running";

function State({ row }: { row: Transfer }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  if (row.state !== "running" || row.of_tables === 0) return <Tag color={TONE[row.state]}>{t(`transfers.state.${row.state}`)}</Tag>;
  return (
    <div className="transfer-running">
      <Progress size="small" percent={Math.floor((100 * row.tables) / row.of_tables)} aria-label={t("transfers.state.running")} />
      <span className="muted">{t("transfers.progress", { tables: row.tables, of: row.of_tables, rows: number(row.rows) })}</span>
    </div>
  );
}

function useColumns(): Column<Transfer>[] {
  const { t } = useTranslation();
  const { dateTime, number } = useFormats();
  return useMemo(
    () => [
      { key: "asked", title: t("transfers.column.asked"), fixed: true, card: "heading", render: ({ asked }) => <span className="num">{dateTime(asked)}</span> },
      { key: "state", title: t("transfers.column.state"), card: "corner", render: (row) => <State row={row} /> },
      { key: "reason", title: t("transfers.column.reason"), render: ({ reason, fault }) => (fault ? `${reason} — ${fault}` : reason) },
      { key: "by", title: t("transfers.column.by"), render: ({ asked_by }) => asked_by },
      { key: "rows", title: t("transfers.column.rows"), align: "end", render: ({ rows }) => number(rows) },
      { key: "size", title: t("transfers.column.size"), align: "end", render: ({ bytes }) => (bytes === null ? "" : `${number(Math.max(1, Math.round(bytes / 1024)))} KB`) },
      {
        key: "digest",
        title: t("transfers.column.digest"),
        render: ({ sha256 }) => sha256 && <Typography.Text className="code" copyable={{ text: sha256 }}><span className="transfer-digest" title={sha256}>{sha256}</span></Typography.Text>,
      },
      {
        key: "fetched",
        title: t("transfers.column.fetched"),
        render: ({ state, fetched, fetched_by }) =>
          fetched ? t("transfers.fetchedBy", { name: fetched_by, when: dateTime(fetched) }) : state === "done" ? t("transfers.notFetched") : "",
      },
    ],
    [t, dateTime, number],
  );
}

/** Everything of the tenant as one file: asked for with a purpose, made in the background, fetched here. */
export default function TransfersPage() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const report = useReportProblem();
  const [asking, setAsking] = useState(false);
  const list = usePagedList<Transfer>(["tenant", "exports"], (_cursor, signal) => unwrap(client.GET("/api/v1/tenant/exports", { signal })));
  const columns = useColumns();
  const underway = (list.rows ?? []).some(isUnderway);
  const { refresh } = list;
  useEffect(() => {
    if (!underway) return;
    const clock = setInterval(refresh, LOOK_AGAIN_MS);
    return () => clearInterval(clock);
  }, [underway, refresh]);
  const cancel = async (row: Transfer) => {
    try {
      await unwrap(client.POST("/api/v1/tenant/exports/{export_id}/cancel", { params: { path: { export_id: row.id } } }));
    } catch (error) {
      report(error);
    }
    refresh();
  };
  const fields: FormField[] = [{ kind: "text", name: "reason", label: t("transfers.reason"), help: t("transfers.reasonHelp"), required: true, max: 500 }];
  const begin = (
    <Button type="primary" icon={<ExportOutlined />} disabled={underway} onClick={() => setAsking(true)}>
      {t("transfers.new")}
    </Button>
  );
  return (
    <div className="page">
      <PageHead title={t("transfers.title")} text={t("transfers.text")}>
        {begin}
      </PageHead>
      <Alert type="info" showIcon title={t("transfers.warning")} style={{ marginBottom: 12 }} />
      <DataTable<Transfer>
        name="tenant-exports"
        label={t("transfers.list")}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        empty={<Empty title={t("transfers.empty")} text={t("transfers.emptyText")} />}
        actions={(row) =>
          isUnderway(row) ? (
            <Button size="small" onClick={() => void cancel(row)}>
              {t("transfers.cancel")}
            </Button>
          ) : row.at_hand ? (
            <Button size="small" icon={<DownloadOutlined />} href={`/api/v1/tenant/exports/${row.id}/file`} onClick={() => setTimeout(refresh, LOOK_AGAIN_MS)}>
              {t("transfers.fetch")}
            </Button>
          ) : (
            row.state === "done" && <span className="muted">{t("transfers.gone")}</span>
          )
        }
      />
      <section className="panel transfer-elsewhere" aria-label={t("transfers.elsewhere")}>
        <h2>{t("transfers.elsewhere")}</h2>
        <p className="muted">{t("transfers.elsewhereText")}</p>
        <Typography.Paragraph className="code" copyable={{ text: COMMAND }}>
          {COMMAND}
        </Typography.Paragraph>
      </section>
      <FormDrawer
        open={asking}
        title={t("transfers.new")}
        fields={fields}
        initial={{ reason: "" }}
        submitLabel={t("transfers.start")}
        onSubmit={async (values) => {
          await unwrap(client.POST("/api/v1/tenant/exports", { body: values }));
          void message.success(t("transfers.asked"));
          refresh();
        }}
        onClose={() => setAsking(false)}
      />
    </div>
  );
}
