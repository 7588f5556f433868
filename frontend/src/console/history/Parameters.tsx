import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { HistoryStep } from "../../api/floor";
import { useNames } from "../../api/vocabulary";
import { useWithheld } from "../../api/session";
import { limitText } from "../../trace/limits";
import { unitText } from "../../trace/units";
import { parameterText } from "../../trace/wording";
import { LimitChart } from "./LimitChart";
import { parametersOf } from "./parameters";

/** Every parameter against its limits; those outside come first. */
export function Parameters({ steps }: { steps: readonly HistoryStep[] }) {
  const { t } = useTranslation();
  const names = useNames();
  const withheld = useWithheld();
  const found = useMemo(() => parametersOf(steps), [steps]);
  return (
    <section className="panel">
      <h2>{t("floor.history.parameters")}</h2>
      {found.length === 0 && <p className="muted">{withheld("measured") ? t("withheld.value") : t("floor.history.noParameters")}</p>}
      <ul className="measured">
        {found.map(({ key, name, unit, low, high, values, words, outside, event }) => (
          <li key={key} className={outside ? "measured-bad" : undefined}>
            <div className="measured-head">
              <Link to={`/events?event=${event}`}>{parameterText(names, name)}</Link>
              <span className="num">
                <strong>{[...values.map(({ value }) => value), ...words].join(" → ")}</strong> {unitText(unit, t("trace.piece"))}
                {outside && <em className="measured-word"> {t("floor.history.outside")}</em>}
              </span>
            </div>
            {values.length > 0 && <LimitChart name={parameterText(names, name)} values={values} low={low} high={high} />}
            <span className="muted num">{limitText({ low, high }) ?? t("floor.history.noLimits")}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
