import { useTranslation } from "react-i18next";

import type { BoardRow } from "../../api/floor";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { durationText } from "../floor/duration";

interface OperationCardProps {
  row: BoardRow;
  hours: number;
  /** Of the longest queue on the board. */
  share: number;
  bottleneck: boolean;
  onOpen: (operation: string) => void;
}

/** One operation: how many wait for it, how long, and how it went in the window. */
export function OperationCard({ row, hours, share, bottleneck, onOpen }: OperationCardProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { number } = useFormats();
  const name = named(language, row.name_zh, row.name_en);
  const states = [
    { key: "running", count: row.running, text: t("floor.wip.state.running") },
    { key: "rework", count: row.rework, text: t("floor.wip.state.rework") },
    { key: "held", count: row.held, text: t("floor.wip.state.held") },
  ].filter(({ count }) => count > 0);
  return (
    <li className={`panel operation${bottleneck ? " operation-bottleneck" : ""}`}>
      <button type="button" className="operation-open" onClick={() => onOpen(row.operation)}>
        <span className="operation-name">{row.ahead ? name : t("floor.wip.after", { operation: name })}</span>
        <span className="operation-count num">{number(row.count)}</span>
      </button>
      <span className="operation-track" aria-hidden="true">
        <span style={{ width: `${share * 100}%` }} />
      </span>
      {states.length > 0 && (
        <p className="operation-states">
          {states.map(({ key, count, text }) => (
            <span key={key} className={`operation-${key}`}>
              {text} <strong className="num">{number(count)}</strong>
            </span>
          ))}
        </p>
      )}
      <dl className="operation-ages">
        {(["median", "p95", "oldest"] as const).map((age) => (
          <div key={age}>
            <dt>{t(`floor.wip.${age}`)}</dt>
            <dd className="num">{durationText(t, row[`age_${age}`])}</dd>
          </div>
        ))}
      </dl>
      <p className="operation-flow muted">
        {row.ahead && t("floor.wip.flow", { arrived: number(row.arrived), done: number(row.done), hours })}
        {row.failed > 0 && <span className="operation-failed"> {t("floor.wip.failed", { count: row.failed })}</span>}
      </p>
    </li>
  );
}

/** Operations that worked in the window and have nothing waiting. */
export function IdleOperations({ rows }: { rows: readonly BoardRow[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { number } = useFormats();
  if (rows.length === 0) return null;
  return (
    <section className="panel idle-operations">
      <h2>{t("floor.wip.idle")}</h2>
      <ul>
        {rows.map((row) => (
          <li key={row.operation}>
            {named(language, row.name_zh, row.name_en)} <span className="muted num">{t("floor.wip.doneOnly", { done: number(row.done) })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
