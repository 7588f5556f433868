import { Tag } from "antd";
import type { TFunction } from "i18next";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { CaptureJob } from "../../api/contract";
import { type Formats, useFormats } from "../../i18n/format";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";
import { ViewMenu } from "../../meta/ViewMenu";
import { PageHead } from "../PageHead";
import { Intake } from "./Intake";
import { JobDrawer } from "./JobDrawer";
import { QueueList } from "./QueueList";
import "./capture.css";
import { outcomeOf, useQueueRunner } from "./queue";

const TONE = { done: "success", partly: "warning", refused: "error" } as const;

function Result({ job }: { job: CaptureJob }) {
  const { t } = useTranslation();
  if (job.running) return <Tag color="processing">{t("capture.state.running")}</Tag>;
  const outcome = outcomeOf(job) as keyof typeof TONE;
  return <Tag color={TONE[outcome]}>{t(`capture.state.${outcome}`)}</Tag>;
}

function tookText(t: TFunction, formats: Formats, milliseconds: number): string {
  return milliseconds < 1000
    ? t("capture.milliseconds", { value: formats.number(milliseconds) })
    : t("capture.seconds", { value: formats.number(milliseconds / 1000, 1) });
}

function useJobColumns(onOpen: (job: CaptureJob) => void): Column<CaptureJob>[] {
  const { t } = useTranslation();
  const formats = useFormats();
  return useMemo(
    (): Column<CaptureJob>[] => [
      {
        key: "name",
        title: t("capture.column.name"),
        fixed: true,
        card: "heading",
        render: (job) => (
          <button
            type="button"
            className="plain-button"
            onClick={(press) => {
              press.stopPropagation();
              onOpen(job);
            }}
          >
            {job.name ?? t("capture.unnamed")}
          </button>
        ),
      },
      { key: "result", title: t("capture.column.result"), card: "corner", render: (job) => <Result job={job} /> },
      { key: "created", title: t("capture.column.created"), render: (job) => <span className="num">{formats.dateTime(job.created)}</span> },
      { key: "accepted", title: t("capture.column.accepted"), align: "end", render: (job) => formats.number(job.accepted) },
      {
        key: "refused",
        title: t("capture.column.refused"),
        align: "end",
        render: (job) => <span className={job.refused ? "tone-error" : ""}>{formats.number(job.refused)}</span>,
      },
      {
        key: "took",
        title: t("capture.column.took"),
        align: "end",
        card: "none",
        render: (job) =>
          job.finished && tookText(t, formats, Date.parse(job.finished) - Date.parse(job.created)),
      },
      { key: "user", title: t("capture.column.user"), render: (job) => job.user },
    ],
    [t, formats, onOpen],
  );
}

/** Bring EPCIS documents in and see what became of every one, now and before. */
export default function CapturePage() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<CaptureJob | null>(null);
  useQueueRunner();
  const columns = useJobColumns(setOpened);
  const list = usePagedList<CaptureJob>(["captureJobs"], (cursor, signal) =>
    unwrap(client.GET("/api/v1/capture/jobs", { params: { query: cursor ? { cursor } : {} }, signal })),
  );
  return (
    <div className="page">
      <PageHead title={t("capture.title")} text={t("capture.text")} />
      <Intake />
      <QueueList />
      <div className="section-head">
        <h2>{t("capture.history")}</h2>
        <ViewMenu name="captureJobs" columns={columns} onRefresh={list.refresh} refreshing={list.fetching} />
      </div>
      <DataTable<CaptureJob>
        name="captureJobs"
        label={t("capture.historyLabel")}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        onOpen={setOpened}
        empty={<Empty title={t("capture.emptyTitle")} text={t("capture.emptyText")} />}
      />
      <JobDrawer id={opened?.id ?? null} name={opened?.name ?? ""} onClose={() => setOpened(null)} />
    </div>
  );
}
