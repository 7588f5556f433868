import { CheckCircleFilled, CloseCircleFilled, DeleteFilled, PauseCircleFilled, StopOutlined, ToolFilled } from "@ant-design/icons";
import { Button, Tag } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { HistoryStep } from "../../api/floor";
import { tailOf, useNames } from "../../api/vocabulary";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { durationText } from "../floor/duration";

const RESULTS = ["passed", "failed", "rework", "scrapped", "held"] as const;
type Result = (typeof RESULTS)[number] | "none";
const PARTS = ["made", "used", "put_in", "taken_out", "packed", "unpacked", "loaded", "unloaded", "assembled", "dismantled"] as const;
const SIGNS: Record<Result, ReactNode> = { passed: <CheckCircleFilled />, failed: <CloseCircleFilled />, rework: <ToolFilled />, scrapped: <DeleteFilled />, held: <PauseCircleFilled />, none: <CheckCircleFilled /> };
const TONES: Record<Result, string> = { passed: "success", failed: "error", rework: "warning", scrapped: "error", held: "warning", none: "default" };

const resultOf = (step: HistoryStep): Result => RESULTS.find((known) => known === step.result) ?? "none";
const counts = (step: HistoryStep): boolean => !step.voided && !step.declares_error;
const wrong = (step: HistoryStep): boolean => !counts(step) || !["passed", "none"].includes(step.result) || step.parameters.some(({ ok }) => ok === false);

function Marks({ step }: { step: HistoryStep }) {
  const { t } = useTranslation();
  const result = resultOf(step);
  const part = PARTS.find((known) => known === step.part);
  const outside = step.parameters.filter(({ ok }) => ok === false).length;
  return (
    <span className="step-marks">
      {step.voided && <Tag color="error">{t("floor.history.voided")}</Tag>}
      {step.declares_error && <Tag color="error">{t("floor.history.declared")}</Tag>}
      {counts(step) && result !== "none" && <Tag color={TONES[result]}>{t(`floor.history.result.${result}`)}</Tag>}
      {part && <Tag>{t(`floor.history.part.${part}`)}</Tag>}
      {step.parameters.length > 0 && <Tag color={outside ? "error" : "default"}>{t("floor.history.events", { count: step.parameters.length })}</Tag>}
    </span>
  );
}

function StepRow({ step }: { step: HistoryStep }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const names = useNames();
  const { dateTime } = useFormats();
  const name = named(language, step.operation_name_zh, step.operation_name_en) || names.of("steps", step.biz_step);
  const machine = named(language, step.equipment_name_zh, step.equipment_name_en) || (step.equipment ? tailOf(step.equipment) : "");
  const place = named(language, step.place_name_zh, step.place_name_en) || names.of("places", step.place);
  const person = names.of("people", step.person, step.person_name);
  const result = resultOf(step);
  const done = counts(step);
  return (
    <li className={done ? `step step-${result}` : "step step-void"}>
      <span className="step-sign" aria-hidden="true">
        {done ? SIGNS[result] : <StopOutlined />}
      </span>
      <div className="step-head">
        <Link to={`/events?event=${step.number}`} className="step-name" title={t("floor.history.event")}>
          {name || `#${step.number}`}
        </Link>
        <Marks step={step} />
      </div>
      <div className="step-line">
        <time dateTime={step.time} className="num">
          {dateTime(step.time, step.offset_minutes)}
        </time>
        {step.waited_seconds !== null && <span className="muted">{t("floor.history.after", { duration: durationText(t, step.waited_seconds) })}</span>}
      </div>
      <div className="step-line">
        {[person, machine, place === machine ? "" : place].filter(Boolean).join(" · ")}
        {step.carried_by && <span className="muted">{t("floor.history.carried", { carrier: step.carried_by })}</span>}
        {step.instructions && <span className="muted">{t("floor.history.instructions", { revision: step.instructions })}</span>}
        {step.work_order && <span className="muted code">{tailOf(step.work_order)}</span>}
      </div>
      {step.note && <div className="step-note">{t("floor.history.because", { note: step.note })}</div>}
    </li>
  );
}

/** The operations in the order they were done; what was declared wrong stays visible, crossed out. */
export function Steps({ steps }: { steps: readonly HistoryStep[] }) {
  const { t } = useTranslation();
  const [only, setOnly] = useState(false);
  const shown = only ? steps.filter(wrong) : steps;
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t("floor.history.steps")}</h2>
        <Button size="small" aria-pressed={only} onClick={() => setOnly(!only)}>
          {only ? t("floor.history.allSteps") : t("floor.history.onlyFailed")}
        </Button>
      </div>
      {shown.length === 0 && <p className="muted">{t("floor.history.nothingWrong")}</p>}
      <ol className="steps">
        {shown.map((step) => (
          <StepRow key={step.number} step={step} />
        ))}
      </ol>
    </section>
  );
}
