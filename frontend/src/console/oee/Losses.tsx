import { useTranslation } from "react-i18next";

import type { Effectiveness } from "../../api/floor";
import { named, useLanguage } from "../../i18n/language";
import { durationText } from "../floor/duration";
import { reasonText, STATES } from "./stateText";

/** Where the planned time went: by state, and by reason below it. */
export function Losses({ row }: { row: Effectiveness }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const missing = Math.max(0, row.planned - row.recorded);
  const whole = Math.max(1, row.planned, row.recorded);
  const groups = STATES.filter((state) => state !== "running")
    .map((state) => {
      const reasons = row.losses.filter((loss) => loss.state === state);
      return { state, reasons, seconds: reasons.reduce((sum, { seconds }) => sum + seconds, 0) };
    })
    .filter(({ seconds }) => seconds > 0)
    .sort((one, other) => other.seconds - one.seconds);
  return (
    <section className="panel">
      <h2>
        {t("floor.oee.losses")} <small className="muted">{named(language, row.name_zh, row.name_en)}</small>
      </h2>
      {groups.length === 0 && <p className="muted">{t(row.recorded ? "floor.oee.noLosses" : "floor.oee.noStates")}</p>}
      <ul className="losses">
        <li className="loss-running">
          <Bar name={t("floor.oee.state.running")} seconds={row.running} whole={whole} />
        </li>
        {groups.map(({ state, reasons, seconds }) => (
          <li key={state} className={`loss-${state}`}>
            <Bar name={t(`floor.oee.state.${state}`)} seconds={seconds} whole={whole} />
            <ul>
              {reasons.map((loss) => (
                <li key={loss.reason ?? ""}>
                  <Bar name={loss.reason ? reasonText(t, loss.reason) : t("floor.oee.noReason")} seconds={loss.seconds} whole={whole} />
                </li>
              ))}
            </ul>
          </li>
        ))}
        {missing > 0 && (
          <li className="loss-missing">
            <Bar name={t("floor.wip.notRecorded")} seconds={missing} whole={whole} />
          </li>
        )}
      </ul>
    </section>
  );
}

function Bar({ name, seconds, whole }: { name: string; seconds: number; whole: number }) {
  const { t } = useTranslation();
  return (
    <span className="loss">
      <span className="loss-name">{name}</span>
      <span className="loss-track" aria-hidden="true">
        <span style={{ width: `${(seconds / whole) * 100}%` }} />
      </span>
      <span className="num">{durationText(t, seconds)}</span>
    </span>
  );
}
