import { DisconnectOutlined, InfoCircleOutlined } from "@ant-design/icons";
import { Alert, Button, Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { VERDICTS } from "../../graph/model";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { gapText } from "../wording";
import { type Narrowed, type Question, saved, type ScopeAnswer, type ScopeSummary } from "./question";
import { doubtText, reasonText } from "../wording";

interface OutcomeProps {
  readonly answer: ScopeAnswer;
  readonly question: Question;
  readonly onNarrow: (change: Narrowed) => void;
  readonly onEvent: (number: number) => void;
  readonly onQuestion: (question: Question) => void;
}

function Figures({ summary, onNarrow }: { summary: ScopeSummary; onNarrow: (change: Narrowed) => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const doubts = Object.entries(summary.doubts).slice(0, 3);
  const notes = {
    certain: t("scope.outcome.certainHelp"),
    possible: doubts.length ? doubts.map(([doubt, count]) => `${doubtText(t, doubt)} ${formats.number(count)}`).join(" · ") : t("scope.outcome.possibleHelp"),
    excluded: t("scope.outcome.excludedHelp"),
  };
  return (
    <ul className="scope-figures">
      {VERDICTS.map((verdict) => {
        const count = summary[verdict];
        if (count === null) return null;
        return (
          <li key={verdict}>
            <button type="button" className={`scope-figure figure-${verdict}`} onClick={() => onNarrow({ verdict, reason: undefined })} disabled={count === 0}>
              <span className="scope-figure-name">{t(`graph.verdict.${verdict}`)}</span>
              <b className="num">{formats.number(count)}</b>
              <small>{notes[verdict]}</small>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

/** The minimal scope beside what a search without time would list, and why the difference is safe to leave out. */
function Savings({ answer, onNarrow }: { answer: ScopeAnswer; onNarrow: (change: Narrowed) => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { summary } = answer;
  const share = saved(summary);
  const closure = summary.closure ?? 0;
  if (share === null) return null;
  const reasons = Object.entries(summary.reasons ?? {});
  const most = Math.max(1, ...reasons.map(([, count]) => count));
  const listed = summary.certain + summary.possible;
  return (
    <div className="scope-savings">
      <h2>{share > 0 ? t("scope.saved.title", { share: formats.percent(share, share > 0.99 && share < 1 ? 1 : 0) }) : t("scope.saved.nothing")}</h2>
      <div className="scope-compare" role="img" aria-label={t("scope.saved.picture", { listed: formats.number(listed), closure: formats.number(closure) })}>
        <span className="scope-compare-name">{t("scope.saved.blind")}</span>
        <span className="scope-compare-bar">
          <i className="compare-blind" style={{ width: "100%" }} />
        </span>
        <b className="num">{formats.number(closure)}</b>
        <span className="scope-compare-name">{t("scope.saved.ours")}</span>
        <span className="scope-compare-bar">
          {summary.certain > 0 && <i className="compare-certain" style={{ width: `${(100 * summary.certain) / closure}%` }} />}
          {summary.possible > 0 && <i className="compare-possible" style={{ width: `${(100 * summary.possible) / closure}%` }} />}
        </span>
        <b className="num">{formats.number(listed)}</b>
      </div>
      {reasons.length > 0 && (
        <>
          <h3>{t("scope.saved.why")}</h3>
          <ul className="scope-reasons">
            {reasons.map(([reason, count]) => (
              <li key={reason}>
                <button type="button" onClick={() => onNarrow({ verdict: "excluded", reason })}>
                  <span className="scope-reason-bar" style={{ width: `${Math.max(1, (100 * count) / most)}%` }} aria-hidden="true" />
                  <span className="scope-reason-text">{reasonText(t, reason)}</span>
                  <b className="num">{formats.number(count)}</b>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function GapList({ answer, onEvent }: { answer: ScopeAnswer; onEvent: (number: number) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const navigate = useNavigate();
  const formats = useFormats();
  const [open, setOpen] = useState(false);
  if (answer.gap_count === 0) return null;
  return (
    <>
      <Alert
        type="warning"
        showIcon
        icon={<DisconnectOutlined />}
        title={t("trace.scope.gaps", { count: answer.gap_count })}
        description={t("trace.gaps.intro")}
        action={<Button onClick={() => setOpen(true)}>{t("scope.gaps.show")}</Button>}
      />
      <Drawer open={open} onClose={() => setOpen(false)} size={520} title={t("trace.scope.gaps", { count: answer.gap_count })}>
        {answer.gap_count > answer.gaps.length && <p className="muted">{t("scope.gaps.some", { shown: formats.number(answer.gaps.length) })}</p>}
        <ul className="gaps">
          {answer.gaps.map((gap, i) => (
            <li key={`${gap.kind} ${gap.item_id ?? ""} ${gap.event ?? ""} ${i}`}>
              <DisconnectOutlined aria-hidden />
              <div>
                <strong>{gapText(t, gap.kind)}</strong>
                <p>{named(language, gap.title_zh, gap.title_en)}</p>
              </div>
              <span className="gap-links">
                {gap.item_id !== null && (
                  <Button size="small" onClick={() => void navigate(`/trace/${gap.item_id ?? 0}`)}>
                    {t("trace.gaps.item")}
                  </Button>
                )}
                {gap.event !== null && (
                  <Button size="small" onClick={() => onEvent(gap.event ?? 0)}>
                    {t("trace.gaps.event")}
                  </Button>
                )}
              </span>
            </li>
          ))}
        </ul>
      </Drawer>
    </>
  );
}

function Cautions({ answer, question, onQuestion }: Pick<OutcomeProps, "answer" | "question" | "onQuestion">) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { elsewhere } = answer.summary;
  const hidden = Object.values(elsewhere).reduce((sum, count) => sum + count, 0);
  const cut = answer.truncated_counts.items ?? 0;
  return (
    <>
      {answer.truncated && (
        <Alert
          type="warning"
          showIcon
          title={t("scope.cut.title", { count: cut, shown: formats.number(cut) })}
          description={t("scope.cut.text")}
          action={<Button onClick={() => onQuestion({ ...question, depth: null, limit: null })}>{t("scope.cut.all")}</Button>}
        />
      )}
      {hidden > 0 && (
        <Alert
          type="info"
          showIcon
          title={t("scope.elsewhere.title", { count: hidden, shown: formats.number(hidden) })}
          description={t("scope.elsewhere.text", {
            certain: formats.number(elsewhere.certain ?? 0), possible: formats.number(elsewhere.possible ?? 0), excluded: formats.number(elsewhere.excluded ?? 0),
          })}
        />
      )}
      {answer.start.unknown.length > 0 && (
        <Alert type="info" showIcon title={t("scope.skipped.title", { count: answer.start.unknown.length })} description={<span className="code">{answer.start.unknown.slice(0, 30).join("  ")}</span>} />
      )}
    </>
  );
}

/** What the question came to: how many, how sure, how many it spares, and what to mind. */
export function Outcome({ answer, question, onNarrow, onEvent, onQuestion }: OutcomeProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { start } = answer;
  return (
    <>
      <section className={answer.summary.closure === null ? "panel scope-outcome scope-outcome-single" : "panel scope-outcome"} aria-label={t("scope.outcome.title")}>
        <div>
          <p className="scope-outcome-start muted num">
            {start.events === null
              ? t("scope.outcome.fromItems", { count: start.items, shown: formats.number(start.items) })
              : t("scope.outcome.fromEvents", { events: formats.number(start.events), items: formats.number(start.items) })}
          </p>
          <Figures summary={answer.summary} onNarrow={onNarrow} />
          <p className="muted num scope-took">
            <InfoCircleOutlined aria-hidden /> {t("trace.scope.took", { ms: formats.number(answer.took_ms, answer.took_ms < 100 ? 1 : 0) })} · {t("trace.scope.asOf", { time: formats.dateTime(answer.known_as_of) })}
          </p>
        </div>
        <Savings answer={answer} onNarrow={onNarrow} />
      </section>
      <Cautions answer={answer} question={question} onQuestion={onQuestion} />
      <GapList answer={answer} onEvent={onEvent} />
    </>
  );
}
