import { useQuery } from "@tanstack/react-query";
import { Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { AndonMeasure } from "../../api/floor";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { Empty } from "../../meta/Empty";
import { durationText } from "../floor/duration";
import { ProblemView } from "../ProblemView";
import { PageSkeleton } from "../states";
import { REASON_ICONS } from "./look";

const WINDOWS = [1, 7, 30] as const;
const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

function Table({ title, rows }: { title: string; rows: readonly AndonMeasure[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { number } = useFormats();
  const both = (middle: number | null, late: number | null) => (middle === null ? "–" : `${durationText(t, middle)} · ${durationText(t, late)}`);
  return (
    <section className="panel scroll-x" tabIndex={0} aria-label={title}>
      <h2>{title}</h2>
      <table className="small-table andon-table">
        <thead>
          <tr>
            <th scope="col">{t("andon.column.name")}</th>
            {(["calls", "open", "escalated", "response", "resolution", "lost"] as const).map((column) => (
              <th key={column} scope="col" className="end">
                {t(`andon.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <td>
                {row.reason && REASON_ICONS[row.reason]} {row.key === "" ? t("andon.noStation") : named(language, row.name_zh, row.name_en)}
              </td>
              <td className="end num">{number(row.calls)}</td>
              <td className="end num">{number(row.open)}</td>
              <td className="end num">{number(row.escalated)}</td>
              <td className="end num">{both(row.response_median, row.response_p90)}</td>
              <td className="end num">{both(row.resolution_median, row.resolution_p90)}</td>
              <td className="end num">{durationText(t, row.resolution_sum)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** How soon calls were answered and closed, by kind and station, and what caused them. */
export function MeasuresTab() {
  const { t } = useTranslation();
  const [days, setDays] = useState<(typeof WINDOWS)[number]>(7);
  const query = useQuery({ queryKey: ["andon", "measures", days], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/production/andon/measures", { params: { query: { from: daysAgo(days) } }, signal })), placeholderData: (before) => before });
  if (query.error) return <ProblemView error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <PageSkeleton />;
  const { kinds, stations, causes } = query.data;
  const most = Math.max(1, ...causes.map(({ seconds }) => seconds));
  return (
    <div className="andon-measures">
      <Segmented aria-label={t("andon.window")} value={days} options={WINDOWS.map((value) => ({ value, label: t("andon.days", { days: value }) }))} onChange={setDays} />
      {kinds.length === 0 ? (
        <Empty title={t("andon.noneTitle")} text={t("andon.noneText")} />
      ) : (
        <>
          <Table title={t("andon.byKind")} rows={kinds} />
          <Table title={t("andon.byStation")} rows={stations} />
          {causes.length > 0 && (
            <section className="panel">
              <h2>{t("andon.causes")}</h2>
              <ol className="andon-causes">
                {causes.map(({ cause, calls, seconds }) => (
                  <li key={cause}>
                    <span>{cause}</span>
                    <span className="share-track" aria-hidden="true">
                      <span style={{ width: `${(seconds / most) * 100}%` }} />
                    </span>
                    <span className="num">
                      {durationText(t, seconds)} <small className="muted">× {calls}</small>
                    </span>
                  </li>
                ))}
              </ol>
            </section>
          )}
        </>
      )}
    </div>
  );
}
