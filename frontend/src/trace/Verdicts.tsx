import { CheckCircleOutlined, WarningOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";

import type { TraceAnswer } from "../api/contract";
import { useFormats } from "../i18n/format";
import { VERDICTS } from "../graph/model";
import type { Direction } from "./deskState";

/** The start itself is not counted: it is the question, not the answer. */
const others = (answer: TraceAnswer): number => Math.max(0, answer.summary.certain - answer.items.filter((item) => item.role === "start").length);

function Bar({ answer, way, onDirection }: { answer: TraceAnswer | undefined; way: "back" | "forward"; onDirection: (direction: Direction) => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (!answer) return <div className="verdict-row verdict-row-waiting" aria-hidden="true" />;
  const counts = { certain: others(answer), possible: answer.summary.possible, excluded: answer.summary.excluded };
  const total = counts.certain + counts.possible + counts.excluded;
  return (
    <button type="button" className="verdict-row" onClick={() => onDirection(way)}>
      <span className="verdict-way">{t(`trace.scope.${way}`)}</span>
      {total === 0 ? (
        <span className="muted">{t("trace.scope.none")}</span>
      ) : (
        <>
          <span className="verdict-bar" aria-hidden="true">
            {VERDICTS.map((verdict) => counts[verdict] > 0 && <i key={verdict} className={`bar-${verdict}`} style={{ flexGrow: counts[verdict] }} />)}
          </span>
          <span className="verdict-counts num">
            {VERDICTS.map(
              (verdict) =>
                (counts[verdict] > 0 || verdict === "certain") && (
                  <span key={verdict} className={`count-${verdict}`}>
                    <b>{formats.number(counts[verdict])}</b> {t(`trace.scope.${verdict}`)}
                  </span>
                ),
            )}
          </span>
        </>
      )}
    </button>
  );
}

function Foot({ answers }: { answers: readonly TraceAnswer[] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const gaps = answers.reduce((sum, answer) => sum + answer.gaps.length, 0);
  const took = answers.reduce((sum, answer) => sum + answer.took_ms, 0);
  const widest = answers.find((answer) => answer.summary.closure !== null && answer.summary.excluded > 0);
  const closure = widest?.summary.closure ?? 0;
  return (
    <>
      <p className={gaps ? "chain-broken" : "chain-whole"}>
        {gaps ? <WarningOutlined aria-hidden /> : <CheckCircleOutlined aria-hidden />} {gaps ? t("trace.scope.gaps", { count: gaps }) : t("trace.scope.noGaps")}
      </p>
      {widest && closure > 0 && <p className="muted">{t("trace.scope.saved", { share: formats.percent(widest.summary.excluded / closure) })}</p>}
      <p className="muted num scope-took">
        {t("trace.scope.took", { ms: formats.number(took, 1) })}
        {answers[0]?.known_as_of && ` · ${t("trace.scope.asOf", { time: formats.dateTime(answers[0].known_as_of) })}`}
      </p>
    </>
  );
}

/** How far the trace reaches in both directions, and how sure it is. */
export function Verdicts({ back, forward, onDirection }: { back: TraceAnswer | undefined; forward: TraceAnswer | undefined; onDirection: (direction: Direction) => void }) {
  const { t } = useTranslation();
  const answers = [back, forward].filter((answer) => answer !== undefined);
  return (
    <div className="item-scope">
      <h3>{t("trace.scope.title")}</h3>
      <Bar answer={back} way="back" onDirection={onDirection} />
      <Bar answer={forward} way="forward" onDirection={onDirection} />
      {answers.length === 2 && <Foot answers={answers} />}
    </div>
  );
}
