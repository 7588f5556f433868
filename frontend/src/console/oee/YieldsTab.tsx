import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { OperationYield } from "../../api/floor";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { Empty } from "../../meta/Empty";
import { durationText } from "../floor/duration";
import { Figure } from "../floor/Figure";
import { ProblemView } from "../ProblemView";
import { PageSkeleton } from "../states";
import type { Span } from "./OeePage";

const COUNTS = ["failed", "rework", "scrap"] as const;

/** What was lost to one cause, by operation, the most first; the line adds up. */
function Pareto({ rows, count }: { rows: readonly OperationYield[]; count: (typeof COUNTS)[number] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { number, percent } = useFormats();
  const sorted = rows.filter((row) => row[count] > 0).sort((one, other) => other[count] - one[count]);
  const whole = sorted.reduce((sum, row) => sum + row[count], 0);
  return (
    <section className="panel">
      <h2>{t(`floor.oee.pareto.${count}`)}</h2>
      {sorted.length === 0 && <p className="muted">{t("floor.oee.none")}</p>}
      <ol className="pareto">
        {sorted.map((row, at) => {
          const upTo = sorted.slice(0, at + 1).reduce((sum, each) => sum + each[count], 0);
          return (
            <li key={row.operation} className="loss">
              <span className="loss-name">{named(language, row.name_zh, row.name_en)}</span>
              <span className="loss-track" aria-hidden="true">
                <span style={{ width: `${(row[count] / (sorted[0]?.[count] ?? 1)) * 100}%` }} />
              </span>
              <span className="num">
                {number(row[count])} <small className="muted">{percent(upTo / whole, 0)}</small>
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** First pass yield, rolled yield, scrap, rework and cycle times of every operation. */
export function YieldsTab({ span }: { span: Span }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { number, percent } = useFormats();
  const query = useQuery({ queryKey: ["oee", "yields", span], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/production/yields", { params: { query: span }, signal })), placeholderData: (before) => before });
  if (query.error) return <ProblemView error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <PageSkeleton />;
  const { rows, rolled } = query.data;
  if (rows.length === 0) return <Empty title={t("floor.oee.noYields")} text={t("floor.oee.noYieldsText")} />;
  const sum = (count: (typeof COUNTS)[number]) => rows.reduce((all, row) => all + row[count], 0);
  return (
    <>
      <div className="figures">
        <Figure label={t("floor.oee.rolled")} value={rolled === null ? t("floor.oee.nothingFailed") : percent(rolled)} note={t("floor.oee.rolledHelp")} />
        {COUNTS.map((count) => (
          <Figure key={count} label={t(`floor.oee.${count}`)} value={number(sum(count))} />
        ))}
      </div>
      <section className="panel scroll-x" tabIndex={0} aria-label={t("floor.oee.tab.yields")}>
        <table className="small-table oee-table">
          <thead>
            <tr>
              <th scope="col">{t("floor.oee.operation")}</th>
              <th scope="col" className="end">{t("floor.oee.passes")}</th>
              <th scope="col" className="end">{t("floor.oee.firstPass")}</th>
              <th scope="col" className="end">{t("floor.oee.failed")}</th>
              <th scope="col" className="end">{t("floor.oee.rework")}</th>
              <th scope="col" className="end">{t("floor.oee.scrap")}</th>
              <th scope="col" className="end">{t("floor.oee.cycle")}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.operation}>
                <th scope="row">{named(language, row.name_zh, row.name_en)}</th>
                <td className="end num">{number(row.passes)}</td>
                <td className="end num">{percent(row.first_pass)}</td>
                <td className="end num">{number(row.failed)}</td>
                <td className="end num">{number(row.rework)}</td>
                <td className="end num">{number(row.scrap)}</td>
                <td className="end num">{durationText(t, row.cycle_seconds)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div className="paretos">
        {COUNTS.map((count) => (
          <Pareto key={count} rows={rows} count={count} />
        ))}
      </div>
    </>
  );
}
