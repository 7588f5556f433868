import { Segmented, Tag } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { client, unwrap } from "../../api/client";
import type { PrintJob } from "../../api/labels";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import { NameButton } from "../../meta/NameButton";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";
import { ViewMenu } from "../../meta/ViewMenu";
import { PageHead } from "../PageHead";
import "./labels.css";
import { LabelTabs } from "./labelTabs";
import { PrintJobDrawer } from "./PrintJobDrawer";

const TONE = { queued: "default", sending: "processing", printed: "success", failed: "error", canceled: "default" } as const;
const STATES = ["all", "queued", "sending", "printed", "failed", "canceled"] as const;

export function JobState({ job }: { job: PrintJob }) {
  const { t } = useTranslation();
  const waits = job.state === "queued" && job.fault !== null;
  return <Tag color={waits ? "warning" : TONE[job.state]}>{waits ? t("labels.state.waiting") : t(`labels.state.${job.state}`)}</Tag>;
}

/** Every print, who had it made, and what became of it. */
export default function PrintLogPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  const [state, setState] = useState<(typeof STATES)[number]>("all");
  const [opened, setOpened] = useState<string | null>(null);
  const { code } = Object.fromEntries(useSearchParams()[0]) as { code?: string };
  const list = usePagedList<PrintJob>(["print-jobs", state, code], (cursor, signal) =>
    unwrap(client.GET("/api/v1/print-jobs", { params: { query: { ...(state === "all" ? {} : { state }), ...(code ? { code } : {}), ...(cursor ? { cursor } : {}) } }, signal })),
  );
  const columns = useMemo(
    (): Column<PrintJob>[] => [
      {
        key: "label",
        title: t("labels.column.label"),
        fixed: true,
        card: "heading",
        render: (job) => <NameButton name={named(language, job.title_zh, job.title_en, job.label_key)} onOpen={() => setOpened(job.id)} />,
      },
      { key: "state", title: t("labels.column.state"), card: "corner", render: (job) => <JobState job={job} /> },
      { key: "version", title: t("labels.column.version"), render: ({ label_version: version }) => (version === null ? t("labels.testPrint") : t("labels.version", { version })) },
      { key: "count", title: t("labels.column.count"), align: "end", render: ({ labels, copies }) => formats.number(labels) + (copies > 1 ? ` × ${copies}` : "") },
      { key: "printer", title: t("labels.column.printer"), render: ({ printer_name: name }) => name },
      { key: "by", title: t("labels.column.by"), render: ({ created_by: by }) => by },
      { key: "created", title: t("labels.column.created"), render: ({ created }) => <span className="num">{formats.dateTime(created)}</span> },
      { key: "reason", title: t("labels.column.reason"), render: ({ reason }) => reason || <span className="muted">–</span> },
    ],
    [t, language, formats],
  );
  return (
    <div className="page">
      <PageHead title={t("labels.log")} text={t("labels.logText")}>
        <ViewMenu name="print-jobs" columns={columns} onRefresh={list.refresh} refreshing={list.fetching} />
      </PageHead>
      <LabelTabs />
      <Segmented
        className="label-states"
        aria-label={t("labels.column.state")}
        value={state}
        onChange={setState}
        options={STATES.map((value) => ({ value, label: value === "all" ? t("labels.state.all") : t(`labels.state.${value}`) }))}
      />
      <DataTable<PrintJob>
        name="print-jobs"
        label={t("labels.log")}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        onOpen={({ id }) => setOpened(id)}
        empty={<Empty title={t("labels.noJobsTitle")} text={t("labels.noJobsText")} />}
      />
      {opened && <PrintJobDrawer id={opened} onClose={() => setOpened(null)} />}
    </div>
  );
}
