import { useTranslation } from "react-i18next";

import type { History } from "../../api/floor";
import { useFormats } from "../../i18n/format";
import { durationText } from "../floor/duration";
import { Figure } from "../floor/Figure";

/** The history in figures. */
export function Figures({ history }: { history: History }) {
  const { t } = useTranslation();
  const { number, dateTime } = useFormats();
  const { summary, steps } = history;
  const offset = steps[0]?.offset_minutes;
  const inspected = summary.inspections === 0 ? t("floor.history.figure.noneInspected") : summary.failed > 0 ? t("floor.history.figure.failed", { count: summary.failed }) : t("floor.history.figure.allPassed");
  return (
    <div className="figures">
      <Figure label={t("floor.history.figure.lead")} value={durationText(t, summary.lead_seconds)} note={summary.began && t("floor.history.figure.began", { time: dateTime(summary.began, offset) })} />
      <Figure label={t("floor.history.figure.steps")} value={number(summary.steps)} />
      <Figure label={t("floor.history.figure.inspections")} value={number(summary.inspections)} note={inspected} bad={summary.failed > 0} />
      <Figure label={t("floor.history.figure.reworks")} value={number(summary.reworks)} bad={summary.reworks > 0} />
      <Figure label={t("floor.history.figure.outside")} value={number(summary.out_of_limits)} note={t("floor.history.figure.measured", { count: summary.measured })} bad={summary.out_of_limits > 0} />
      <Figure label={t("floor.history.figure.corrected")} value={number(summary.corrected)} />
    </div>
  );
}
