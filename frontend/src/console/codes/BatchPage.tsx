import { DownloadOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, Dropdown, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import { client, download, unwrap } from "../../api/client";
import { useMay } from "../../api/session";
import { useFormats } from "../../i18n/format";
import { PageHead } from "../PageHead";
import { ProblemView, useReportProblem } from "../ProblemView";
import { BatchPrint } from "./BatchPrint";
import "./codes.css";
import { BatchStatus, CancelButton } from "./CodesPage";
import { fieldText } from "./codeTexts";
import { HandoutTable } from "./HandoutTable";
import { useNumbers } from "./numbers";
import { StateForm } from "./StateForm";
import type { Batch } from "./useRules";

const FORMATS = ["csv", "xlsx", "zip"] as const;
const LOOK_AGAIN_MS = 1000;

/** Export a batch, or one handout of it, for a printer house or a station. */
export function ExportButton({ batch, handout }: { batch: number; handout?: number }) {
  const { t } = useTranslation();
  const report = useReportProblem();
  const [busy, setBusy] = useState(false);
  const take = async (format: string) => {
    setBusy(true);
    const query = new URLSearchParams({ format, ...(handout === undefined ? {} : { handout_id: String(handout) }) });
    try {
      await download(`/api/v1/codes/batches/${batch}/export?${query.toString()}`, `codes-${batch}.${format}`);
    } catch (error) {
      report(error);
    } finally {
      setBusy(false);
    }
  };
  const items = FORMATS.map((format) => ({ key: format, label: t(`codes.formats.${format}`), onClick: () => void take(format) }));
  return (
    <Dropdown menu={{ items }} trigger={["click"]}>
      <Button icon={<DownloadOutlined />} loading={busy} size={handout === undefined ? "middle" : "small"}>
        {t("codes.export")}
      </Button>
    </Dropdown>
  );
}

function States({ batch }: { batch: Batch }) {
  const { t } = useTranslation();
  const numbers = useNumbers();
  const total = batch.row.count || 1;
  return (
    <section className="panel" aria-label={t("codes.states")}>
      <h2>{t("codes.states")}</h2>
      <div className="state-bar" aria-hidden>
        {batch.states.map(({ state, count }) => (
          <span key={state} className={`state-${state}`} style={{ width: `${(count / total) * 100}%` }} />
        ))}
      </div>
      <ul className="state-legend">
        {batch.states.map(({ state, count }) => (
          <li key={state} className={`state-${state}`}>
            <i aria-hidden />
            {`${t(`codes.state.${state}`)} `}
            <strong className="num">{numbers(count)}</strong>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Facts({ batch }: { batch: Batch }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { row } = batch;
  return (
    <section className="panel" aria-label={t("codes.facts")}>
      <dl className="batch-facts">
        <div>
          <dt>{t("codes.rule")}</dt>
          <dd>
            <Link to={`/code-rules/${row.rule}`}>{`${row.rule} · ${row.version}`}</Link>
          </dd>
        </div>
        {Object.entries(row.fields).map(([name, value]) => (
          <div key={name}>
            <dt>{fieldText(t, name)}</dt>
            <dd className="code">{value}</dd>
          </div>
        ))}
        <div>
          <dt>{t("codes.column.created")}</dt>
          <dd>{`${formats.dateTime(row.created)} · ${row.created_by}`}</dd>
        </div>
        {batch.digest && (
          <div>
            <dt>{t("codes.digest")}</dt>
            <dd className="code" title={batch.digest}>{`${batch.digest.slice(0, 16)}…`}</dd>
          </div>
        )}
      </dl>
      {batch.samples.length > 0 && (
        <>
          <h2 style={{ marginTop: 14 }}>{t("codes.samples")}</h2>
          <ol className="batch-samples">
            {batch.samples.map((code) => (
              <li key={code} className="code">
                {code}
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}

function Gaps({ batch }: { batch: Batch }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const numbers = useNumbers();
  if (batch.gaps.length === 0) return null;
  return (
    <section className="panel" aria-label={t("codes.gaps")}>
      <h2>{t("codes.gaps")}</h2>
      <p className="muted">{t("codes.gapsText")}</p>
      <ul className="batch-samples">
        {batch.gaps.map((gap) => (
          <li key={`${gap.first}`}>{`${numbers(gap.first)}–${numbers(gap.last)} · ${t(`codes.gap.${gap.reason as "canceled"}`)} · ${formats.dateTime(gap.at)}`}</li>
        ))}
      </ul>
    </section>
  );
}

/** A batch: how far it is, its states, who holds what, reconciling, export. */
export default function BatchPage() {
  const { t } = useTranslation();
  const may = useMay();
  const numbers = useNumbers();
  const number = Number(useParams()["batch"]);
  const query = useQuery({
    queryKey: ["batches", number],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/codes/batches/{batch_id}", { params: { path: { batch_id: number } }, signal })),
    refetchInterval: ({ state }) => (["waiting", "issuing"].includes(state.data?.row.status ?? "") ? LOOK_AGAIN_MS : false),
  });
  if (query.error && !query.data) return <ProblemView error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data)
    return (
      <div className="panel">
        <Skeleton active paragraph={{ rows: 6 }} />
      </div>
    );
  const batch = query.data;
  const { row } = batch;
  const ready = (row.status === "issued" || row.status === "canceled") && row.count > 0;
  return (
    <div className="page batch-page">
      <Link to="/codes">{t("codes.title")}</Link>
      <PageHead title={t("codes.batchTitle", { n: row.id, many: numbers(row.count) })} text={row.purpose}>
        <span className="batch-status">
          <BatchStatus batch={row} />
        </span>
        {may("coding:code:issue") && <CancelButton batch={row} />}
        {ready && may("coding:code:export") && <ExportButton batch={row.id} />}
      </PageHead>
      {row.fault && <ProblemView error={new Error(row.fault)} />}
      <div className="batch-columns">
        <div>
          {ready && <States batch={batch} />}
          <Facts batch={batch} />
          {ready && <HandoutTable batch={batch} />}
          <Gaps batch={batch} />
        </div>
        <div>
          {ready && may("coding:label:print") && <BatchPrint batch={batch} />}
          {ready && may("coding:code:state") && <StateForm batch={batch} />}
        </div>
      </div>
    </div>
  );
}
