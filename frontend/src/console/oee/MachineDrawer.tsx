import { useQuery } from "@tanstack/react-query";
import { Drawer, Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { client, unwrap } from "../../api/client";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { durationText } from "../floor/duration";
import { eventsLink } from "../home/links";
import { ProblemView } from "../ProblemView";
import type { Span } from "./OeePage";
import { reasonText, stateOf } from "./stateText";

const seconds = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;

interface MachineDrawerProps {
  row: { key: string; name_zh: string; name_en: string } | null;
  span: Span;
  onClose: () => void;
}

/** What a machine did in the window: its states as a band and as a list, each with its event. */
export function MachineDrawer({ row, span, onClose }: MachineDrawerProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { dateTime } = useFormats();
  const equipment = row?.key ?? "";
  const { from, to } = span;
  const query = useQuery({
    enabled: row !== null,
    queryKey: ["oee", "states", equipment, from, to],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/production/states", { params: { query: { equipment, from, to } }, signal })),
  });
  const whole = seconds(from, to);
  return (
    <Drawer open={row !== null} onClose={onClose} size={640} title={row && named(language, row.name_zh, row.name_en)}>
      {query.isPending && row && <Skeleton active />}
      {query.error && <ProblemView error={query.error} onRetry={() => void query.refetch()} />}
      {query.data?.length === 0 && <p className="muted">{t("floor.oee.noStates")}</p>}
      {query.data && query.data.length > 0 && (
        <>
          <div className="state-band" role="img" aria-label={t("floor.oee.band")}>
            {query.data.map((each) => (
              <span key={each.event_number} className={`band-${stateOf(each.state) ?? "off"}`} style={{ left: `${(seconds(from, each.since) / whole) * 100}%`, width: `${(seconds(each.since, each.until) / whole) * 100}%` }} />
            ))}
          </div>
          <table className="small-table">
            <thead>
              <tr>
                <th scope="col">{t("floor.oee.since")}</th>
                <th scope="col">{t("floor.oee.stateName")}</th>
                <th scope="col" className="end">
                  {t("floor.oee.lasted")}
                </th>
              </tr>
            </thead>
            <tbody>
              {query.data.toReversed().map((each) => {
                const state = stateOf(each.state);
                return (
                  <tr key={each.event_number}>
                    <td>
                      <Link to={`/events?event=${each.event_number}`} className="num">
                        {dateTime(each.since)}
                      </Link>
                    </td>
                    <td>{[state ? t(`floor.oee.state.${state}`) : each.state, reasonText(t, each.reason), each.note].filter(Boolean).join(" · ")}</td>
                    <td className="end num">{durationText(t, seconds(each.since, each.until))}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </>
      )}
      {row && (
        <p>
          <Link to={eventsLink({ equipment, from, to })}>{t("floor.oee.events")}</Link>
        </p>
      )}
    </Drawer>
  );
}
