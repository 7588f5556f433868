import { Skeleton } from "antd";
import { lazy, Suspense, useCallback, useMemo } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import type { Home } from "../../api/contract";
import { usePalette } from "../../charts/palette";
import { useFormats } from "../../i18n/format";
import { eventsLink, hourWindow } from "./links";

const Chart = lazy(() => import("../../charts/Chart"));
const HEIGHT = 280;

/** Output as bars and events as a line, by hour; the same numbers as a table below. */
export function HourChart({ hours }: { hours: Home["hours"] }) {
  const { t } = useTranslation();
  const { number, time } = useFormats();
  const navigate = useNavigate();
  const palette = usePalette();

  const option = useMemo(() => {
    const axis = { axisLabel: { color: palette.text }, axisLine: { lineStyle: { color: palette.line } }, splitLine: { lineStyle: { color: palette.line } } };
    return {
      animation: false,
      textStyle: { fontFamily: palette.font },
      grid: { left: 4, right: 4, top: 36, bottom: 4, containLabel: true },
      legend: { top: 0, right: 0, textStyle: { color: palette.text }, itemHeight: 10 },
      tooltip: { trigger: "axis", renderMode: "richText", backgroundColor: palette.ground, borderColor: palette.line, textStyle: { color: palette.strong } },
      xAxis: { type: "category", data: hours.map(({ hour }) => time(hour).slice(0, 5)), ...axis, axisTick: { show: false } },
      yAxis: [
        { type: "value", minInterval: 1, ...axis },
        { type: "value", minInterval: 1, ...axis, splitLine: { show: false } },
      ],
      series: [
        { type: "bar", name: t("home.hours.output"), data: hours.map(({ output }) => output), itemStyle: { color: palette.first, borderRadius: [4, 4, 0, 0] }, barMaxWidth: 28, cursor: "pointer" },
        { type: "line", name: t("home.hours.events"), yAxisIndex: 1, data: hours.map(({ events }) => events), itemStyle: { color: palette.second }, lineStyle: { width: 2, color: palette.second }, symbol: "circle", symbolSize: 6, smooth: 0.3, cursor: "pointer" },
      ],
    };
  }, [hours, palette.first, palette.second, palette.text, palette.line, palette.ground, palette.strong, palette.font, t, time]);

  const press = useCallback(
    (index: number) => {
      const hour = hours[index]?.hour;
      if (hour) void navigate(eventsLink(hourWindow(hour)));
    },
    [hours, navigate],
  );

  return (
    <section className="panel home-hours">
      <h2>{t("home.hours.title")}</h2>
      <Suspense fallback={<Skeleton.Node active style={{ width: "100%", height: HEIGHT }} />}>
        <Chart option={option} label={t("home.hours.title")} onPress={press} />
      </Suspense>
      <details className="twin">
        <summary>{t("home.hours.table")}</summary>
        <table className="small-table">
          <thead>
            <tr>
              <th scope="col">{t("home.hours.hour")}</th>
              <th scope="col" className="end">
                {t("home.hours.output")}
              </th>
              <th scope="col" className="end">
                {t("home.hours.events")}
              </th>
            </tr>
          </thead>
          <tbody>
            {hours.map(({ hour, output, events }) => (
              <tr key={hour}>
                <td>{time(hour).slice(0, 5)}</td>
                <td className="end">{number(output)}</td>
                <td className="end">
                  <Link to={eventsLink(hourWindow(hour))}>{number(events)}</Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </section>
  );
}
