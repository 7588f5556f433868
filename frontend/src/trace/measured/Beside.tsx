import { useQuery } from "@tanstack/react-query";
import { Skeleton } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { client, unwrap } from "../../api/client";
import { historyLink } from "../../api/floor";
import { useMay, useWithheld } from "../../api/session";
import { useNames } from "../../api/vocabulary";
import { ProblemView } from "../../console/ProblemView";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { limitText } from "../limits";
import { unitText } from "../units";
import { parameterText } from "../wording";
import { type MeasuredSeries, RunChart } from "./RunChart";
import "./measured.css";

/** The same figures as a table, for those who do not see the chart or want the numbers. */
function Twin({ series, name, unit }: { series: MeasuredSeries; name: string; unit: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <details className="beside-twin">
      <summary>{t("trace.measured.table", { name })}</summary>
      <div className="beside-rows" role="region" aria-label={t("trace.measured.table", { name })} tabIndex={0}>
        <table className="small-table">
          <thead>
            <tr>
              <th scope="col">{t("trace.measured.item")}</th>
              <th scope="col">{t("trace.measured.time")}</th>
              <th scope="col" className="end">{t("trace.measured.value", { unit })}</th>
            </tr>
          </thead>
          <tbody>
            {series.points.map((each, at) => (
              <tr key={`${each.event_number} ${at}`} className={each.own ? "beside-own" : undefined}>
                <th scope="row">{each.own ? <strong>{each.label}</strong> : <Link to={historyLink(each.uri)}>{each.label}</Link>}</th>
                <td className="num">{formats.dateTime(each.time, each.offset_minutes)}</td>
                <td className={each.ok === false ? "end num outside" : "end num"}>{each.ok === false ? `▲ ${each.value}` : each.value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function Series({ series, onEvent }: { series: MeasuredSeries; onEvent?: ((event: number) => void) | undefined }) {
  const { t } = useTranslation();
  const names = useNames();
  const language = useLanguage();
  const name = parameterText(names, series.name);
  const unit = unitText(series.unit ?? null, t("trace.piece"));
  const own = series.points.filter((each) => each.own).map(({ value }) => value);
  const machine = series.equipment ? named(language, series.equipment_name_zh, series.equipment_name_en, series.equipment) : names.of("steps", series.biz_step);
  return (
    <li className={series.outside ? "beside beside-bad" : "beside"}>
      <div className="beside-head">
        <h3>{name}</h3>
        <span className="num">
          <strong>{own.join(" → ")}</strong> {unit}
          {series.outside && <em> {t("trace.measured.outside")}</em>}
        </span>
      </div>
      <RunChart series={series} name={name} unit={unit} onEvent={onEvent} />
      <p className="beside-foot muted">
        <span>{machine}</span>
        <span className="num">{limitText({ low: numeric(series.low), high: numeric(series.high) }) ?? t("trace.parameters.noLimits")}</span>
        {series.median !== null && <span className="num">{t("trace.measured.median", { median: series.median })}</span>}
      </p>
      <Twin series={series} name={name} unit={unit} />
    </li>
  );
}

const numeric = (text: string | null | undefined): number | null => (text === null || text === undefined ? null : Number(text));

/** What was measured of an item against its limits, beside what the same machine measured before and after. */
export function Beside({ code, onEvent }: { code: string; onEvent?: (event: number) => void }) {
  const { t } = useTranslation();
  const may = useMay()("production:history:read");
  const withheld = useWithheld();
  const query = useQuery({
    enabled: may,
    queryKey: ["history-neighbours", code],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/production/history/neighbours", { params: { query: { code } }, signal })),
    retry: false,
  });
  if (!may) return null;
  if (query.error) return <ProblemView error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton active paragraph={{ rows: 3 }} />;
  if (query.data.series.length === 0) return <p className="muted">{withheld("measured") ? t("withheld.value") : t("trace.measured.none")}</p>;
  return (
    <>
      <p className="muted beside-legend">
        <span className="beside-key own" aria-hidden /> {t("trace.measured.own")} <span className="beside-key" aria-hidden /> {t("trace.measured.neighbour")} <span className="beside-key bad" aria-hidden /> {t("trace.measured.outside")}
      </p>
      <ul className="beside-list">
        {query.data.series.map((series) => (
          <Series key={`${series.name} ${series.unit ?? ""} ${series.biz_step ?? ""} ${series.equipment ?? ""} ${series.low ?? ""} ${series.high ?? ""}`} series={series} onEvent={onEvent} />
        ))}
      </ul>
      {query.data.truncated && <p className="muted">{t("trace.measured.truncated")}</p>}
    </>
  );
}
