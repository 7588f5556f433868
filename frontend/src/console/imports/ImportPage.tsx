import { DownloadOutlined } from "@ant-design/icons";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Checkbox, Flex, Progress, Radio, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";

import { client, download, unwrap } from "../../api/client";
import { useFormats } from "../../i18n/format";
import "../../i18n/imports";
import { named, useLanguage } from "../../i18n/language";
import { PageHead } from "../PageHead";
import { ProblemView, useReportProblem } from "../ProblemView";
import { type ColumnMapping, type ImportDetail, ownOffset } from "./imports";
import "./imports.css";
import { Judged } from "./Judged";
import { FieldHelp } from "../../fields/FieldHelp";
import { MappingForm } from "./MappingForm";
import { PassingRows } from "./PassingRows";
import { StateOfImport } from "./StateOfImport";

const LOOK_AGAIN_MS = 1000;
const SHOWN_WRONG = 100;
/** Where master data that was imported is to be seen. */
const SHOWN_AT = {
  sites: "/sites",
  equipment: "/plant",
  tools: "/plant?tab=tools",
  qualifications: "/plant?tab=qualifications",
  people: "/plant?tab=qualifications",
  bills: "/routes?tab=bills",
  demand: "/production/demand",
} as const;
const isShown = (what: string): what is keyof typeof SHOWN_AT => what in SHOWN_AT;

/** What would become of the first rows, and the order to import. */
function Plan({ detail, onStarted }: { detail: ImportDetail; onStarted: () => Promise<unknown> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const report = useReportProblem();
  const [mapping, setMapping] = useState<ColumnMapping>(detail.remembered ? detail.mapping : { ...detail.mapping, offset: ownOffset() });
  const [mode, setMode] = useState<"skip" | "all">("skip");
  const [onlyWrong, setOnlyWrong] = useState(false);
  const [busy, setBusy] = useState(false);
  const params = { path: { import_id: detail.row.id } };
  const whole = detail.fields.every(({ id, needed }) => !needed || mapping.columns[id] !== undefined);
  const preview = useQuery({
    queryKey: ["import-preview", detail.row.id, mapping],
    queryFn: ({ signal }) => unwrap(client.POST("/api/v1/capture/imports/{import_id}/preview", { params, body: mapping, signal })),
    placeholderData: keepPreviousData,
    enabled: whole,
    retry: false,
  });
  const start = async () => {
    setBusy(true);
    try {
      await unwrap(client.POST("/api/v1/capture/imports/{import_id}/start", { params, body: { mapping, mode } }));
      await onStarted();
    } catch (error) {
      report(error);
    } finally {
      setBusy(false);
    }
  };
  const rows = (preview.data?.rows ?? []).filter(({ outcome }) => !onlyWrong || outcome === "refused");
  return (
    <div className="import-plan">
      <section className="panel" aria-label={t("imports.mapping")}>
        <h2>{t("imports.mapping")}</h2>
        <p className="muted">{t(detail.remembered ? "imports.remembered" : "imports.mappingText")}</p>
        <MappingForm detail={detail} mapping={mapping} onChange={setMapping} />
        <fieldset className="import-mode">
          <legend>{t("imports.mode")}</legend>
          <FieldHelp of="importMode" />
          <Radio.Group value={mode} onChange={(event) => setMode(event.target.value as "skip" | "all")}>
            {(["skip", "all"] as const).map((choice) => (
              <Radio key={choice} value={choice}>
                {t(`imports.${choice}`)}
                <small className="muted">{t(`imports.${choice}Help`)}</small>
              </Radio>
            ))}
          </Radio.Group>
        </fieldset>
        <Button type="primary" size="large" className="import-start" loading={busy} disabled={!whole} onClick={() => void start()}>
          {t("imports.start", { n: formats.number(detail.row.rows) })}
        </Button>
      </section>
      <section className="panel" aria-label={t("imports.preview")} aria-busy={preview.isFetching}>
        <Flex justify="space-between" align="center" wrap gap={8}>
          <h2>{t("imports.preview")}</h2>
          <Checkbox checked={onlyWrong} onChange={(event) => setOnlyWrong(event.target.checked)}>
            {t("imports.onlyWrong")}
          </Checkbox>
        </Flex>
        <p className="muted">{t(detail.master ? "imports.previewMaster" : "imports.previewText", { count: preview.data?.rows.length ?? 0 })}</p>
        {preview.error && <ProblemView error={preview.error} />}
        {whole && preview.isPending && <Skeleton active />}
        {whole && preview.data && (
          <>
            <p role="status">
              <strong>{t(detail.master ? "imports.masterCounts" : "imports.previewCounts", { ...preview.data, same: preview.data.rows.length - preview.data.recorded - preview.data.refused })}</strong>
            </p>
            <Judged rows={rows} header={detail.columns.map(({ name }) => name)} />
          </>
        )}
      </section>
    </div>
  );
}

/** How far an import is, and what was wrong. */
function Result({ detail, onChanged }: { detail: ImportDetail; onChanged: () => Promise<unknown> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const report = useReportProblem();
  const { row } = detail;
  const master = row.node.replace("master.", "");
  const params = { path: { import_id: row.id } };
  const busy = row.state === "waiting" || row.state === "running";
  const wrong = useQuery({
    queryKey: ["import-rows", row.id, row.state, row.refused],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/capture/imports/{import_id}/rows", { params: { ...params, query: { outcome: "refused", limit: String(SHOWN_WRONG) } }, signal })),
    enabled: !busy && row.refused > 0,
  });
  const cancel = () => unwrap(client.POST("/api/v1/capture/imports/{import_id}/cancel", { params, body: {} })).then(onChanged).catch(report);
  const counts = { recorded: formats.number(row.recorded), repeated: formats.number(row.repeated), refused: formats.number(row.refused) };
  return (
    <>
      <section className="panel import-result" aria-live="polite">
        <Progress percent={Math.floor((row.done / row.rows) * 100)} status={row.state === "failed" ? "exception" : busy ? "active" : "normal"} aria-label={t("imports.progress", row)} />
        <p>
          {t("imports.progress", { done: formats.number(row.done), rows: formats.number(row.rows) })} · {t("imports.counts", counts)}
        </p>
        {row.fault && <Alert type="error" showIcon title={row.fault} />}
        <Flex gap={12} wrap>
          {busy && <Button onClick={() => void cancel()}>{t("imports.cancel")}</Button>}
          {!busy && row.refused > 0 && (
            <Button type="primary" icon={<DownloadOutlined />} onClick={() => void download(`/api/v1/capture/imports/${row.id}/faults`, "faults.xlsx").catch(report)}>
              {t("imports.faults")}
            </Button>
          )}
          {!busy && row.recorded > 0 && !detail.master && <Link to="/events?sort=-recorded">{t("imports.events")}</Link>}
          {!busy && row.recorded > 0 && detail.master && isShown(master) && <Link to={SHOWN_AT[master]}>{t(`imports.open.${master}`)}</Link>}
          {!busy && <Link to="/imports">{t("imports.another")}</Link>}
        </Flex>
      </section>
      {!busy && <PassingRows detail={detail} rows={wrong.data?.rows ?? []} onPassed={onChanged} />}
      {wrong.data && wrong.data.rows.length > 0 && (
        <section className="panel" aria-label={t("imports.wrong")}>
          <h2>{t("imports.wrong")}</h2>
          <Judged rows={wrong.data.rows} header={detail.columns.map(({ name }) => name)} />
          {wrong.data.next && <p className="muted">{t("imports.moreWrong")}</p>}
        </section>
      )}
    </>
  );
}

/** One table: its columns matched, looked at, imported, and what became of it. */
export default function ImportPage() {
  const { t } = useTranslation();
  const language = useLanguage();
  const cache = useQueryClient();
  const id = useParams()["id"] ?? "";
  const query = useQuery({
    queryKey: ["import", id],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/capture/imports/{import_id}", { params: { path: { import_id: id } }, signal })),
    refetchInterval: ({ state }) => (["waiting", "running"].includes(state.data?.row.state ?? "") ? LOOK_AGAIN_MS : false),
  });
  const changed = () => Promise.all([cache.invalidateQueries({ queryKey: ["import", id] }), cache.invalidateQueries({ queryKey: ["imports"] })]);
  if (query.error && !query.data) return <ProblemView error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data)
    return (
      <div className="panel">
        <Skeleton active paragraph={{ rows: 6 }} />
      </div>
    );
  const { row } = query.data;
  return (
    <div className="page">
      <Link to="/imports">{t("imports.back")}</Link>
      <PageHead title={row.file_name} text={`${t("imports.node")} · ${named(language, row.title_zh, row.title_en, row.node)}`}>
        <StateOfImport row={row} />
      </PageHead>
      {row.state === "ready" ? <Plan detail={query.data} onStarted={changed} /> : <Result detail={query.data} onChanged={changed} />}
    </div>
  );
}
