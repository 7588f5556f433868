import { DownloadOutlined, ExperimentOutlined } from "@ant-design/icons";
import { Button, Input, Segmented } from "antd";
import { useId, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { reach, requestHeaders } from "../../api/client";
import { problemOf } from "../../api/problem";
import { useMay } from "../../api/session";
import { PageHead } from "../../console/PageHead";
import { ProblemView, useReportProblem } from "../../console/ProblemView";
import "../../i18n/causes";
import { useFormats } from "../../i18n/format";
import { CodesStart } from "../scope/CodesStart";
import { EventsStart } from "../scope/EventsStart";
import { addressOf, isAsked, MODES, questionOf, splitCodes } from "../scope/question";
import { UnknownCodes } from "../scope/UnknownCodes";
import { CauseCard } from "./CauseCard";
import { type CausesAnswer, causesBody, type Comparison, useCauses } from "./useCauses";
import "../trace.css";
import "../scope/scope.css";
import "./causes.css";

const SHOWN = 8;

interface StartProps {
  readonly comparison: Comparison;
  readonly busy: boolean;
  readonly onAsk: (comparison: Comparison) => void;
}

function Start({ comparison, busy, onAsk }: StartProps) {
  const { t } = useTranslation();
  const id = useId();
  const [draft, setDraft] = useState(comparison.question);
  const [sound, setSound] = useState(comparison.sound.join("\n"));
  const ask = (): void => {
    if (isAsked(draft)) onAsk({ question: draft, sound: splitCodes(sound) });
  };
  return (
    <section className="panel scope-start" aria-label={t("causes.start")}>
      <div className="scope-start-head">
        <Segmented
          aria-label={t("causes.start")}
          value={draft.mode}
          onChange={(mode) => setDraft({ ...draft, mode })}
          options={MODES.map((mode) => ({ value: mode, label: t(`causes.mode.${mode}`) }))}
        />
      </div>
      {draft.mode === "codes" ? <CodesStart draft={draft} onDraft={setDraft} onAsk={ask} /> : <EventsStart draft={draft} onDraft={setDraft} />}
      <div className="option">
        <label htmlFor={`${id}sound`}>{t("causes.sound")}</label>
        <Input.TextArea
          id={`${id}sound`}
          className="code"
          value={sound}
          autoSize={{ minRows: 1, maxRows: 5 }}
          spellCheck={false}
          placeholder={t("causes.soundPlaceholder")}
          onChange={(event) => setSound(event.target.value)}
        />
      </div>
      <div className="scope-start-foot">
        <span className="muted">{t("causes.rule")}</span>
        <Button type="primary" size="large" icon={<ExperimentOutlined />} disabled={!isAsked(draft)} loading={busy} onClick={ask}>
          {t("causes.ask")}
        </Button>
      </div>
    </section>
  );
}

function Outcome({ answer }: { answer: CausesAnswer }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [all, setAll] = useState(false);
  const telling = answer.causes.filter((cause) => cause.strength === "strong" || cause.strength === "likely").length;
  const shown = all ? answer.causes : answer.causes.slice(0, SHOWN);
  return (
    <>
      <section className="panel cause-outcome" role="status">
        <h2>{answer.good === 0 ? t("causes.sharedOnly") : telling ? t("causes.found", { count: telling, shown: formats.number(telling) }) : t("causes.none")}</h2>
        <p className="muted num">
          {t("causes.compared", { bad: formats.number(answer.bad), good: formats.number(answer.good), factors: formats.number(answer.compared) })}
          {answer.bad_total > answer.bad && ` ${t("causes.sampled", { total: formats.number(answer.bad_total), bad: formats.number(answer.bad) })}`}
          {answer.chosen && answer.good > 0 && answer.since && answer.until && ` ${t("causes.chosen", { since: formats.dateTime(answer.since), until: formats.dateTime(answer.until) })}`}
          {answer.everywhere > 0 && ` ${t("causes.everywhere", { count: answer.everywhere, shown: formats.number(answer.everywhere) })}`}
          {answer.unknown.length > 0 && ` ${t("scope.skipped.title", { count: answer.unknown.length })}`}
        </p>
        <p className="muted">{t("causes.caution")}</p>
      </section>
      <ol className="causes">
        {shown.map((cause, index) => (
          <CauseCard key={index} cause={cause} answer={answer} rank={index + 1} />
        ))}
      </ol>
      {shown.length < answer.causes.length && <Button onClick={() => setAll(true)}>{t("causes.more", { count: answer.causes.length - shown.length })}</Button>}
    </>
  );
}

function Save({ comparison }: { comparison: Comparison }) {
  const { t } = useTranslation();
  const report = useReportProblem();
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      const response = await reach("/api/v1/trace/causes/export", {
        method: "POST",
        credentials: "same-origin",
        headers: { ...requestHeaders("POST"), "Content-Type": "application/json" },
        body: JSON.stringify(causesBody(comparison)),
      });
      if (!response.ok) throw await problemOf(response);
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await response.blob());
      link.download = "common-causes.xlsx";
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (error) {
      report(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button icon={<DownloadOutlined />} loading={busy} onClick={() => void save()}>
      {t("causes.export")}
    </Button>
  );
}

/** From what is bad to what it has in common: the lot, the machine, the person, the shift, the value out of limits. */
export default function CausesPage() {
  const { t } = useTranslation();
  const may = useMay();
  const [search, setSearch] = useSearchParams();
  const comparison = useMemo((): Comparison => ({ question: { ...questionOf(search), direction: "back", closure: false }, sound: splitCodes(search.get("sound") ?? "") }), [search]);
  const { data, error, isFetching, refetch } = useCauses(comparison);
  const ask = (next: Comparison): void => {
    const address = new URLSearchParams(addressOf(next.question));
    if (next.sound.length) address.set("sound", next.sound.join("\n"));
    if (address.toString() === search.toString()) void refetch();
    else setSearch(address);
  };
  return (
    <div className="page scope-page">
      <PageHead title={t("causes.title")} text={t("causes.text")}>
        {data && !isFetching && may("trace:answer:export") && <Save comparison={comparison} />}
      </PageHead>
      <Start key={search.toString()} comparison={comparison} busy={isFetching} onAsk={ask} />
      {isFetching && (
        <section className="panel scope-working" role="status">
          <span className="scope-wave" aria-hidden="true" />
          <p>{t("causes.working")}</p>
        </section>
      )}
      {error && !isFetching && (
        <UnknownCodes error={error} question={comparison.question} onAsk={(question) => ask({ ...comparison, question })} otherwise={<ProblemView error={error} onRetry={() => void refetch()} />} />
      )}
      {data && !isFetching && <Outcome answer={data} />}
    </div>
  );
}
