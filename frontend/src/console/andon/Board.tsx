import { useTranslation } from "react-i18next";

import type { AndonBoard, AndonCall } from "../../api/floor";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { Empty } from "../../meta/Empty";
import { durationText } from "../floor/duration";
import { Figure } from "../floor/Figure";
import { Answers } from "./Answers";
import { COMING, REASON_ICONS, stationOf, workOf } from "./look";
import { useNow } from "./useNow";

const since = (time: string, now: number): number => Math.max(0, Math.floor((now - Date.parse(time)) / 1000));

/** How far up a call has gone: a step filled for each level that was told. */
function Steps({ call }: { call: AndonCall }) {
  const { t } = useTranslation();
  const text = call.levels === 0 ? t("andon.noLevels") : call.level === 0 ? t("andon.noLevel") : t("andon.level", { level: call.level, levels: call.levels });
  return (
    <span className="andon-steps">
      {Array.from({ length: call.levels }, (_, at) => (
        <i key={at} className={at < call.level ? "told" : ""} aria-hidden="true" />
      ))}
      {text}
    </span>
  );
}

function Card({ call, now, tv, onOpen }: { call: AndonCall; now: number; tv: boolean; onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const waited = since(call.called, now);
  const left = call.due === null ? null : Math.floor((Date.parse(call.due) - now) / 1000);
  const name = named(language, call.kind_zh, call.kind_en);
  return (
    <li className={`panel andon-card andon-${call.state} andon-${call.reason}`} data-call={call.id}>
      <div className="andon-head">
        <span className="andon-icon">{REASON_ICONS[call.reason]}</span>
        <span>
          <small>{t(`andon.reason.${call.reason}`)}</small>
          {tv ? (
            <strong>{name}</strong>
          ) : (
            <button type="button" className="text-link andon-name" onClick={() => onOpen(call.id)}>
              {name}
            </button>
          )}
        </span>
        <time className="num andon-waited" dateTime={call.called}>
          {durationText(t, waited)}
        </time>
      </div>
      <p className="andon-station">{stationOf(call, language, t("andon.noStation"))}</p>
      {workOf(call, language) && <p className="muted andon-work">{workOf(call, language)}</p>}
      {call.note && <p className="andon-note">{call.note}</p>}
      <p className="andon-state">
        {call.state === "acknowledged" ? (
          <>
            {COMING} {t("andon.comes", { name: call.acknowledged_by ?? "" })}
          </>
        ) : (
          t(`andon.state.${call.state}`)
        )}
      </p>
      <p className="muted andon-foot">
        <Steps call={call} />
        {left !== null && left > 0 && <span>{t("andon.next", { time: durationText(t, left) })}</span>}
        <span>{t("andon.by", { name: call.called_by })}</span>
      </p>
      {!tv && <Answers call={call} />}
    </li>
  );
}

/** Every open call as a card, the most pressing first; above them how the last day went. */
export function Board({ board, tv, onOpen }: { board: AndonBoard; tv: boolean; onOpen: (id: string) => void }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const now = useNow();
  const hours = t("andon.inHours", { hours: board.hours });
  return (
    <>
      <div className="figures">
        <Figure label={t("andon.open")} value={number(board.open.length)} bad={board.open.some(({ state }) => state === "called")} />
        <Figure label={t("andon.calls")} value={number(board.calls)} note={hours} />
        <Figure label={t("andon.response")} value={durationText(t, board.response_median)} note={t("andon.responseHelp")} />
        <Figure label={t("andon.resolution")} value={durationText(t, board.resolution_median)} note={t("andon.resolutionHelp")} />
      </div>
      {board.open.length === 0 ? (
        <Empty title={t("andon.quietTitle")} text={t("andon.quietText")} />
      ) : (
        <ul className="andon-cards" aria-label={t("andon.open")}>
          {board.open.map((call) => (
            <Card key={call.id} call={call} now={now} tv={tv} onOpen={onOpen} />
          ))}
        </ul>
      )}
    </>
  );
}
