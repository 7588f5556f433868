import { CloseCircleFilled, ExclamationCircleFilled } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Alarm, EventRow, Home } from "../../api/contract";
import type { LiveState } from "../../api/live";
import { useNames } from "../../api/vocabulary";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { EventItems, EventWhat } from "../events/EventCells";
import { traceLink } from "../events/eventText";
import { dayStart, eventsLink } from "./links";

/** Events of the day by step: bars that are links. */
export function StepBars({ home }: { home: Home }) {
  const { t } = useTranslation();
  const names = useNames();
  const { number } = useFormats();
  const most = Math.max(1, ...home.steps.map(({ events }) => events));
  const steps = [...home.steps].sort((one, other) => other.events - one.events);
  return (
    <section className="panel">
      <h2>{t("home.steps.title")}</h2>
      {steps.length === 0 && <p className="muted">{t("home.steps.none")}</p>}
      <ul className="bars">
        {steps.map(({ step, events }) => (
          <li key={step}>
            <Link to={eventsLink({ from: dayStart(home.date), step })}>
              <span className="bar-name">{names.of("steps", step)}</span>
              <span className="bar-track" aria-hidden="true">
                <span className="bar" style={{ width: `${(events / most) * 100}%` }} />
              </span>
              <span className="num bar-value">{number(events)}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

const ALARMS_SHOWN = 6;

function alarmLink(alarm: Alarm): string | null {
  if (alarm.event_number) return `/events?event=${alarm.event_number}`;
  return alarm.item_uri ? traceLink(alarm.item_uri) : null;
}

export function Alarms({ alarms }: { alarms: readonly Alarm[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { ago, dateTime } = useFormats();
  return (
    <section className="panel">
      <h2>{t("home.alarms.title")}</h2>
      {alarms.length === 0 && <p className="muted">{t("home.alarms.none")}</p>}
      <ul className="alarms">
        {alarms.slice(0, ALARMS_SHOWN).map((alarm) => {
          // a title names its subject after a colon; some alarms have none
          const text = named(language, alarm.title_zh, alarm.title_en).replace(/[：:]\s*$/u, "");
          const link = alarmLink(alarm);
          return (
            <li key={alarm.id} className={`alarm-${alarm.level}`}>
              {alarm.level === "error" ? (
                <CloseCircleFilled aria-label={t("domain.alarm.error")} />
              ) : (
                <ExclamationCircleFilled aria-label={t("domain.alarm.warning")} />
              )}
              <div>
                {link ? <Link to={link}>{text}</Link> : text}
                <time dateTime={alarm.time} title={dateTime(alarm.time)} className="muted">
                  {ago(alarm.time)}
                </time>
              </div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

export function LiveMark({ state }: { state: LiveState }) {
  const { t } = useTranslation();
  return (
    <span className={`live live-${state}`} role="status">
      {t(`home.live.${state}`)}
    </span>
  );
}

/** The newest events, as they come. */
export function Ticker({ events, state }: { events: readonly EventRow[]; state: LiveState }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const names = useNames();
  const { time } = useFormats();
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t("home.latest.title")}</h2>
        <LiveMark state={state} />
        <Link to="/events">{t("home.latest.all")}</Link>
      </div>
      {events.length === 0 && <p className="muted">{t("home.latest.none")}</p>}
      <ol className="ticker">
        {events.map((event) => (
          <li key={event.number}>
            <Link to={`/events?event=${event.number}`} className="num">
              {time(event.time, event.offset_minutes)}
            </Link>
            <EventWhat event={event} />
            <span>
              <EventItems event={event} most={1} />
            </span>
            <span className="muted">
              {[named(language, event.place_name_zh, event.place_name_en), names.of("people", event.person, event.person_name)].filter(Boolean).join(" · ")}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
