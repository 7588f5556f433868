import { SafetyCertificateOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { LogState } from "../../api/contract";
import { useMay } from "../../api/session";
import { useFormats } from "../../i18n/format";
import { Empty } from "../../meta/Empty";
import { PageHead } from "../PageHead";
import { ProblemView, useReportProblem } from "../ProblemView";
import { PageSkeleton } from "../states";
import { Checkpoints } from "./Checkpoints";
import { History } from "./History";
import "../../i18n/integrity";
import "./integrity.css";
import { Keys } from "./Keys";
import { Places } from "./Places";
import { VerdictPanel } from "./VerdictPanel";

function Tiles({ state }: { state: LogState }) {
  const { t } = useTranslation();
  const { number, dateTime } = useFormats();
  const tiles = [
    { label: t("integrity.tile.size"), value: number(state.size), note: t("integrity.tile.sizeNote") },
    { label: t("integrity.tile.waiting"), value: number(Math.max(0, state.size - state.sealed)), note: t("integrity.tile.waitingNote") },
    { label: t("integrity.tile.newest"), value: state.checkpoint ? `#${number(state.checkpoint.number)}` : t("integrity.tile.none"), note: dateTime(state.checkpoint?.made) },
    { label: t("integrity.tile.key"), value: state.checkpoint?.key_id ?? t("integrity.tile.none"), note: state.origin },
  ];
  return (
    <div className="integrity-tiles">
      {tiles.map(({ label, value, note }) => (
        <div key={label} className="panel">
          <span className="muted">{label}</span>
          <span className="integrity-value num">{value}</span>
          <span className="muted">{note}</span>
        </div>
      ))}
    </div>
  );
}

const STALE_MS = 10 * 60_000;

/** Entries wait for a signature far longer than the minute it takes: the worker is away, or refuses to sign. */
function isStale({ size, sealed, checkpoint }: LogState): boolean {
  return size > sealed && checkpoint !== null && Date.now() - Date.parse(checkpoint.made) > STALE_MS;
}

/** Whether anything was tampered with, and what keeps watch. */
export default function IntegrityPage() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const report = useReportProblem();
  const writes = useMay()("compliance:log:write");
  const [asking, setAsking] = useState(false);
  const query = useQuery({ queryKey: ["log", "state"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/log", { signal })), refetchInterval: 10_000 });
  const state = query.data;
  const verify = async () => {
    setAsking(true);
    try {
      await unwrap(client.POST("/api/v1/log/verifications"));
      void message.success(t("integrity.asked"));
    } catch (error) {
      report(error);
    } finally {
      setAsking(false);
    }
  };
  if (!state) return query.error ? <ProblemView error={query.error} onRetry={() => void query.refetch()} /> : <PageSkeleton />;
  return (
    <div className="page">
      <PageHead title={t("integrity.title")} text={t("integrity.text")}>
        {writes && (
          <Button type="primary" icon={<SafetyCertificateOutlined />} loading={asking} onClick={() => void verify()}>
            {t("integrity.verifyNow")}
          </Button>
        )}
      </PageHead>
      {state.size === 0 ? <Empty title={t("integrity.empty")} text={t("integrity.emptyText")} /> : <VerdictPanel verification={state.verification} />}
      {isStale(state) && <Alert type="warning" showIcon title={t("integrity.stale")} description={t("integrity.staleText")} style={{ marginTop: 12 }} />}
      <Tiles state={state} />
      <Places writes={writes} />
      <Checkpoints newest={state.checkpoint?.number ?? 0} />
      <History newest={state.verification?.number ?? 0} />
      {state.keys.length > 0 && <Keys keys={state.keys} writes={writes} />}
    </div>
  );
}
