import { useQuery } from "@tanstack/react-query";
import { Drawer, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { client, unwrap } from "../../api/client";
import { historyLink } from "../../api/floor";
import { tailOf } from "../../api/vocabulary";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { durationText } from "../floor/duration";
import { ProblemView } from "../ProblemView";
import { Answers } from "./Answers";
import { stationOf } from "./look";

const seconds = (from: string, to: string): number => Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);

/** One call: where and what for, whom it reached when, who came, and what it was. */
export function CallDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { dateTime } = useFormats();
  const query = useQuery({
    enabled: id !== null,
    queryKey: ["andon", "call", id],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/production/andon/calls/{call_id}", { params: { path: { call_id: id ?? "" } }, signal })),
  });
  const call = query.data?.call;
  const course: [string, string, string][] = call
    ? [
        [call.called, t("andon.by", { name: call.called_by }), call.note],
        ...(query.data?.told ?? []).map(({ time, level, names_zh, names_en }): [string, string, string] => [time, t("andon.level", { level, levels: call.levels }), (language === "en" ? names_en : names_zh).join(language === "en" ? ", " : "、")]),
        ...(call.acknowledged ? [[call.acknowledged, t("andon.comes", { name: call.acknowledged_by ?? "" }), durationText(t, seconds(call.called, call.acknowledged))] as [string, string, string]] : []),
        ...(call.ended ? [[call.ended, call.state === "withdrawn" ? `${t("andon.state.withdrawn")} · ${call.ended_by ?? ""}` : t("andon.closedBy", { name: call.ended_by ?? "" }), durationText(t, seconds(call.called, call.ended))] as [string, string, string]] : []),
      ].sort(([one], [other]) => Date.parse(one ?? "") - Date.parse(other ?? "")) as [string, string, string][]
    : [];
  return (
    <Drawer open={id !== null} onClose={onClose} size={520} title={call ? named(language, call.kind_zh, call.kind_en) : t("andon.title")}>
      {query.error && <ProblemView error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && id !== null && <Skeleton active />}
      {call && (
        <>
          <p className="andon-station">{stationOf(call, language, t("andon.noStation"))}</p>
          <p className="muted">{[t(`andon.reason.${call.reason}`), t(`andon.state.${call.state}`), call.work_order && tailOf(call.work_order), named(language, call.operation_zh, call.operation_en)].filter(Boolean).join(" · ")}</p>
          {call.item && (
            <p>
              <Link to={historyLink(call.item)} className="code">
                {tailOf(call.item)}
              </Link>
            </p>
          )}
          <h3>{t("andon.story")}</h3>
          <ol className="andon-course">
            {course.map(([time, what, more], at) => (
              <li key={at}>
                <time className="num muted" dateTime={time}>
                  {dateTime(time)}
                </time>
                <span>{what}</span>
                {more && <span className="muted">{more}</span>}
              </li>
            ))}
          </ol>
          {query.data?.told.length === 0 && <p className="muted">{t("andon.toldNobody")}</p>}
          {call.cause && (
            <dl className="andon-cause">
              <dt>{t("andon.cause")}</dt>
              <dd>{call.cause}</dd>
              {call.remedy && <dt>{t("andon.remedy")}</dt>}
              {call.remedy && <dd>{call.remedy}</dd>}
            </dl>
          )}
          <Answers call={call} />
        </>
      )}
    </Drawer>
  );
}
