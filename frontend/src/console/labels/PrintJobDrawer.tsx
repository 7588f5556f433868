import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Descriptions, Drawer, Input, Skeleton } from "antd";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { PrintJob } from "../../api/labels";
import { asProblem } from "../../api/problem";
import { useMay } from "../../api/session";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { problemText } from "../problemText";
import { ProblemView } from "../ProblemView";
import { savePosted } from "./postedFile";
import { JobState } from "./PrintLogPage";

const SHOWN = 12;
const REFRESH_MS = 2000;

function useJobActions(job: PrintJob | undefined) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const cache = useQueryClient();
  const run = async (work: () => Promise<unknown>) => {
    try {
      await work();
      await Promise.all([cache.invalidateQueries({ queryKey: ["print-jobs"] }), cache.invalidateQueries({ queryKey: ["print-job"] })]);
    } catch (error) {
      const { title, remedy } = problemText(t, asProblem(error));
      void message.error([title, remedy].filter(Boolean).join(" "));
    }
  };
  const params = { path: { job_id: job?.id ?? "" } };
  const reprint = (positions: number[]) => {
    let reason = "";
    modal.confirm({
      title: t("labels.reprintTitle", { count: positions.length || (job?.labels ?? 0) }),
      content: <Input aria-label={t("labels.reason")} placeholder={t("labels.reason")} maxLength={500} onChange={(event) => (reason = event.target.value)} />,
      okText: t("labels.reprint"),
      cancelText: t("list.cancel"),
      onOk: () =>
        run(() =>
          job?.printer_id === null
            ? savePosted(`/api/v1/print-jobs/${job.id}/pdf`, { reason, positions }, `${job.label_key}.pdf`)
            : unwrap(client.POST("/api/v1/print-jobs/{job_id}/reprint", { params, body: { reason, positions } })),
        ),
    });
  };
  return {
    cancel: () => run(() => unwrap(client.POST("/api/v1/print-jobs/{job_id}/cancel", { params }))),
    retry: () => run(() => unwrap(client.POST("/api/v1/print-jobs/{job_id}/retry", { params }))),
    reprint,
  };
}

/** One print job: what became of it, its labels as they were printed, and printing some of them again. */
export function PrintJobDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  const may = useMay();
  const query = useQuery({
    queryKey: ["print-job", id],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/print-jobs/{job_id}", { params: { path: { job_id: id } }, signal })),
    refetchInterval: ({ state }) => (["queued", "sending"].includes(state.data?.job.state ?? "") ? REFRESH_MS : false),
  });
  const job = query.data?.job;
  const actions = useJobActions(job);
  const waits = job?.state === "queued" || (job?.state === "failed" && job.sent === 0);
  return (
    <Drawer
      open
      onClose={onClose}
      size={640}
      title={job ? named(language, job.title_zh, job.title_en, job.label_key) : t("labels.log")}
      extra={
        job && (
          <span className="label-actions">
            {(job.state === "queued" || job.state === "sending") && may("coding:label:print") && <Button onClick={() => void actions.cancel()}>{t("labels.cancelJob")}</Button>}
            {waits && may("coding:label:print") && <Button onClick={() => void actions.retry()}>{t("labels.retry")}</Button>}
            {may("coding:label:reprint") && <Button onClick={() => actions.reprint([])}>{t("labels.reprintAll")}</Button>}
          </span>
        )
      }
    >
      {query.error && <ProblemView error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton active />}
      {job && (
        <>
          {job.fault && (
            <Alert
              type={job.state === "failed" ? "error" : "warning"}
              showIcon
              title={named(language, job.fault.title_zh, job.fault.title_en)}
              description={named(language, job.fault.remedy_zh, job.fault.remedy_en)}
            />
          )}
          <Descriptions
            column={1}
            size="small"
            items={[
              { key: "state", label: t("labels.column.state"), children: <JobState job={job} /> },
              { key: "sent", label: t("labels.sent"), children: t("labels.sentOf", { sent: job.sent, count: job.labels }) },
              { key: "confirmed", label: t("labels.confirmed"), children: t(job.confirmed ? "labels.yes" : "labels.no") },
              { key: "printer", label: t("labels.column.printer"), children: job.printer_id === null ? job.printer_name : `${job.printer_name} · ${job.language.toUpperCase()} ${job.dpi} dpi` },
              { key: "version", label: t("labels.column.version"), children: job.label_version === null ? t("labels.testPrint") : t("labels.version", { version: job.label_version }) },
              { key: "by", label: t("labels.column.by"), children: `${job.created_by} · ${formats.dateTime(job.created)}` },
              ...(job.reason ? [{ key: "reason", label: t("labels.column.reason"), children: job.reason }] : []),
            ]}
          />
          <ul className="label-printed" aria-label={t("labels.printedLabels")}>
            {query.data?.rows.slice(0, SHOWN).map(({ position, code }) => (
              <li key={position}>
                <img src={`/api/v1/print-jobs/${id}/labels/${position}?state=${job.state}`} alt={t("labels.labelNumber", { number: position + 1 })} loading="lazy" />
                <span className="code">{code ?? `#${position + 1}`}</span>
                {may("coding:label:reprint") && (
                  <Button size="small" onClick={() => actions.reprint([position])}>
                    {t("labels.reprint")}
                  </Button>
                )}
              </li>
            ))}
          </ul>
          {job.labels > SHOWN && <p className="muted">{t("labels.andMore", { count: job.labels - SHOWN })}</p>}
        </>
      )}
    </Drawer>
  );
}
