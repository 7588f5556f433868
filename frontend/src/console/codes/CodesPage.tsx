import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Progress, Tag } from "antd";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { client, unwrap } from "../../api/client";
import { useMay } from "../../api/session";
import { useFormats } from "../../i18n/format";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";
import { ViewMenu } from "../../meta/ViewMenu";
import { PageHead } from "../PageHead";
import { useReportProblem } from "../ProblemView";
import { CodeLookup } from "./CodeLookup";
import "./codes.css";
import { fieldText } from "./codeTexts";
import { IssueForm } from "./IssueForm";
import { useNumbers } from "./numbers";
import type { BatchRow } from "./useRules";

const TONE = { waiting: "processing", issuing: "processing", issued: "success", canceled: "warning", failed: "error" } as const;
const MAKING = new Set(["waiting", "issuing"]);
const LOOK_AGAIN_MS = 1000;

export function BatchStatus({ batch }: { batch: BatchRow }) {
  const { t } = useTranslation();
  if (MAKING.has(batch.status)) return <Progress percent={Math.floor((batch.done / batch.wanted) * 100)} size="small" status="active" aria-label={t("codes.progress", { n: batch.id })} />;
  return <Tag color={TONE[batch.status]}>{t(`codes.status.${batch.status}`)}</Tag>;
}

/** Stop a batch that is being made; what is made stays. */
export function CancelButton({ batch }: { batch: BatchRow }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const report = useReportProblem();
  const { message } = App.useApp();
  if (!MAKING.has(batch.status)) return null;
  const cancel = async () => {
    try {
      await unwrap(client.POST("/api/v1/codes/batches/{batch_id}/cancel", { params: { path: { batch_id: batch.id } } }));
      void message.success(t("codes.canceled"));
    } catch (error) {
      report(error);
    }
    await cache.invalidateQueries({ queryKey: ["batches"] });
  };
  return (
    <Button size="small" onClick={() => void cancel()}>
      {t("codes.cancel")}
    </Button>
  );
}

function useColumns(): Column<BatchRow>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const numbers = useNumbers();
  return useMemo(
    (): Column<BatchRow>[] => [
      { key: "id", title: t("codes.column.batch"), fixed: true, card: "heading", render: ({ id }) => <Link to={`/codes/${id}`}>{t("codes.batch", { n: id })}</Link> },
      { key: "rule", title: t("codes.rule"), render: ({ rule, version }) => <span className="code">{`${rule} · ${version}`}</span> },
      { key: "count", title: t("codes.count"), align: "end", render: ({ count }) => numbers(count) },
      { key: "status", title: t("codes.column.status"), width: 150, card: "corner", render: (batch) => <BatchStatus batch={batch} /> },
      {
        key: "fields",
        title: t("codes.column.fields"),
        render: ({ fields }) => (
          <span className="tags">
            {Object.entries(fields).map(([name, value]) => (
              <Tag key={name}>{`${fieldText(t, name)} ${value}`}</Tag>
            ))}
          </span>
        ),
      },
      { key: "codes", title: t("codes.column.codes"), hidden: true, card: "line", render: ({ first_code: first, last_code: last }) => <span className="code">{first ? `${first} … ${last ?? ""}` : "–"}</span> },
      { key: "purpose", title: t("codes.purpose"), render: ({ purpose }) => purpose || "–" },
      { key: "created", title: t("codes.column.created"), render: ({ created, created_by: by }) => `${formats.dateTime(created)} · ${by}` },
    ],
    [t, formats, numbers],
  );
}

/** Issue codes, look one up, and every batch there is. */
export default function CodesPage() {
  const { t } = useTranslation();
  const go = useNavigate();
  const may = useMay();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const columns = useColumns();
  const list = usePagedList<BatchRow>(["batches"], (cursor, signal) =>
    unwrap(client.GET("/api/v1/codes/batches", { params: { query: cursor ? { cursor: Number(cursor) } : {} }, signal })),
  );
  const making = list.rows?.some(({ status }) => MAKING.has(status)) ?? false;
  useEffect(() => {
    if (!making) return undefined;
    const timer = setInterval(() => void cache.invalidateQueries({ queryKey: ["batches"] }), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [making, cache]);
  const issued = (batch: BatchRow) => {
    void message.success(t("codes.issued", { n: batch.id }));
    void cache.invalidateQueries({ queryKey: ["batches"] });
  };
  return (
    <div className="page">
      <PageHead title={t("codes.title")} text={t("codes.text")}>
        {may("designer:definition:read") && <Button onClick={() => void go("/code-rules")}>{t("codes.toRules")}</Button>}
        <ViewMenu name="batches" columns={columns} onRefresh={list.refresh} refreshing={list.fetching} />
      </PageHead>
      {may("coding:code:issue") && may("designer:definition:read") && <IssueForm onIssued={issued} />}
      <CodeLookup />
      <DataTable<BatchRow>
        name="batches"
        label={t("codes.list")}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        onOpen={({ id }) => void go(`/codes/${id}`)}
        {...(may("coding:code:issue") ? { actions: (batch: BatchRow) => <CancelButton batch={batch} />, actionsTitle: t("list.actions") } : {})}
        empty={<Empty title={t("codes.emptyTitle")} text={t("codes.emptyText")} />}
      />
    </div>
  );
}
