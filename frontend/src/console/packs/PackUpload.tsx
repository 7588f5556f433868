import { FileZipOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Checkbox, Flex, Spin, Tag, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useMay } from "../../api/session";
import { Changes } from "../../designer/Changes";
import type { Change } from "../../designer/definitions";
import "../../designer/designer.css";
import { named, useLanguage } from "../../i18n/language";
import { ProblemView } from "../ProblemView";
import { type Installed, outcomeOf, OUTCOMES, type PackReport, sendPack, useKindNames } from "./packs";

const TONE = { conflict: "error", added: "success", updated: "processing", merged: "processing", kept: "warning", same: "default" } as const;

interface Settling {
  /** Definitions (kind/key) in which the pack's side is taken. */
  readonly theirs: readonly string[];
  /** Take it, or yours again; absent once all is installed. */
  readonly onSettle?: (id: string, packs: boolean) => void;
}

/** What changes in a definition, or in a conflict what the pack has otherwise; behind a press. */
function WhatChanges({ row }: { row: Installed }) {
  const { t } = useTranslation();
  if (row.differing === 0) return null;
  return (
    <details className="pack-differences">
      <summary>{t(outcomeOf(row) === "conflict" ? "packs.differs" : "packs.changes", { count: row.differing })}</summary>
      <Changes changes={row.changes as readonly Change[]} />
      {row.differing > row.changes.length && <p className="muted">{t("packs.moreChanges", { count: row.differing - row.changes.length })}</p>}
    </details>
  );
}

function Row({ row, theirs, onSettle }: { row: Installed } & Settling) {
  const { t } = useTranslation();
  const kindName = useKindNames();
  const outcome = outcomeOf(row);
  const id = `${row.kind}/${row.key}`;
  const taken = theirs.includes(id);
  return (
    <li>
      <Tag color={TONE[outcome]}>{t(`packs.outcome.${outcome}`)}</Tag>
      <span>
        {kindName(row.kind)} <span className="code">{row.key}</span>
        {row.at.length > 0 && <small className="muted"> {t("packs.places", { places: row.at.filter(Boolean).join("、") || "/" })}</small>}
      </span>
      {onSettle && (outcome === "conflict" || taken) && (
        <Checkbox checked={taken} onChange={(event) => onSettle(id, event.target.checked)}>
          {t("packs.takeTheirs")}
        </Checkbox>
      )}
      <WhatChanges row={row} />
    </li>
  );
}

function Report({ report, ...settling }: { report: PackReport } & Settling) {
  const { t } = useTranslation();
  const rows = [...report.rows].sort((one, other) => OUTCOMES.indexOf(outcomeOf(one)) - OUTCOMES.indexOf(outcomeOf(other)));
  const counts = OUTCOMES.map((outcome) => ({ outcome, count: rows.filter((row) => outcomeOf(row) === outcome).length })).filter(({ count }) => count > 0);
  return (
    <>
      <p className="pack-counted">
        {counts.map(({ outcome, count }) => (
          <span key={outcome} title={t(`packs.outcomeHelp.${outcome}`)}>
            {t(`packs.outcome.${outcome}`)} <strong className="num">{count}</strong>
          </span>
        ))}
      </p>
      {counts.some(({ outcome }) => outcome === "conflict") && <Alert type="warning" showIcon title={t("packs.conflictTitle")} description={t("packs.conflictText")} />}
      <ul className="pack-outcomes" aria-label={t("packs.outcomes")}>
        {rows.map((row) => (
          <Row key={`${row.kind}/${row.key}`} row={row} {...settling} />
        ))}
      </ul>
    </>
  );
}

interface Looked {
  file: File;
  report: PackReport;
  done: boolean;
}

/** Upload a pack, see what it would do to every definition here, then install it or not. */
export function PackUpload() {
  const { t } = useTranslation();
  const language = useLanguage();
  const may = useMay();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [looked, setLooked] = useState<Looked | null>(null);
  const [publish, setPublish] = useState(true);
  const [theirs, setTheirs] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const installs = may("designer:definition:publish");

  const send = async (step: "preview" | "install", file: File, packs: readonly string[]) => {
    setBusy(true);
    setError(null);
    try {
      const report = await sendPack(step, file, publish, packs);
      setTheirs(packs);
      setLooked({ file, report, done: step === "install" });
      if (step === "install") {
        void message.success(t("packs.installed", { name: report.name, version: report.version }));
        await Promise.all(["packs", "definitions", "labels"].map((key) => cache.invalidateQueries({ queryKey: [key] })));
      }
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };

  return (
    <section className="panel" aria-label={t("packs.upload")}>
      <Spin spinning={busy}>
        {looked === null ? (
          <Upload.Dragger
            accept=".zip,application/zip"
            showUploadList={false}
            beforeUpload={(file) => {
              void send("preview", file, []);
              return false;
            }}
          >
            <p className="intake-icon">
              <FileZipOutlined aria-hidden />
            </p>
            <p className="intake-title">{t("packs.choose")}</p>
            <p className="muted">{t("packs.chooseHelp")}</p>
          </Upload.Dragger>
        ) : (
          <>
            <h2>
              {named(language, looked.report.title_zh, looked.report.title_en, looked.report.name)} <span className="code muted">{`${looked.report.name} ${looked.report.version}`}</span>
            </h2>
            <p>{t(looked.done ? "packs.did" : "packs.would")}</p>
            <Report
              report={looked.report}
              theirs={theirs}
              {...(looked.done ? {} : { onSettle: (id: string, packs: boolean) => void send("preview", looked.file, packs ? [...theirs, id] : theirs.filter((each) => each !== id)) })}
            />
            <Flex gap={12} wrap align="center">
              {!looked.done && installs && (
                <>
                  <Checkbox checked={publish} onChange={(event) => setPublish(event.target.checked)}>
                    {t("packs.publish")}
                  </Checkbox>
                  <Button type="primary" onClick={() => void send("install", looked.file, theirs)}>
                    {t("packs.install")}
                  </Button>
                </>
              )}
              <Button onClick={() => setLooked(null)}>{t(looked.done ? "packs.another" : "list.cancel")}</Button>
            </Flex>
          </>
        )}
      </Spin>
      {error !== null && <ProblemView error={error} />}
    </section>
  );
}
