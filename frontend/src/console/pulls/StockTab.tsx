import { useQuery } from "@tanstack/react-query";
import { Collapse, Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { client, unwrap } from "../../api/client";
import type { LineStock } from "../../api/floor";
import { useMay } from "../../api/session";
import { useFormats } from "../../i18n/format";
import { useLanguage } from "../../i18n/language";
import { Empty } from "../../meta/Empty";
import { unitText } from "../../trace/units";
import { ProblemView } from "../ProblemView";
import { PageSkeleton } from "../states";
import { amountText, materialOf, placeOf } from "./look";

/** How full a spot is, between nothing and the maximum, with the minimum marked. */
function Level({ row }: { row: LineStock }) {
  const { t } = useTranslation();
  if (row.maximum === null || row.minimum === null) return null;
  const most = Math.max(Number(row.maximum), Number(row.quantity), 1e-9);
  const share = (value: string) => `${(Number(value) / most) * 100}%`;
  return (
    <span className="pull-level" aria-hidden="true" title={t("pulls.limits")}>
      <span className={Number(row.quantity) < Number(row.minimum) ? "pull-level-low" : ""} style={{ width: share(row.quantity) }} />
      <i style={{ insetInlineStart: share(row.minimum) }} />
    </span>
  );
}

function Lots({ row }: { row: LineStock }) {
  const { t } = useTranslation();
  const may = useMay();
  const formats = useFormats();
  return (
    <ul className="pull-lots">
      {row.lots.map((lot) => (
        <li key={`${lot.uri} ${lot.since ?? ""}`}>
          {may("trace:item:read") ? (
            <Link className="code" to={`/trace?code=${encodeURIComponent(lot.uri)}`}>
              {lot.code}
            </Link>
          ) : (
            <span className="code">{lot.code}</span>
          )}
          <span className="num">{amountText(formats.decimal(lot.quantity), unitText(lot.unit ?? row.unit, t("trace.piece")))}</span>
          {lot.expiry && <span className="muted">{t("pulls.fetchUntil", { expiry: lot.expiry })}</span>}
          {lot.since && <span className="muted">{t("pulls.since", { time: formats.dateTime(lot.since) })}</span>}
          {lot.held && <Tag color="error">{t("pulls.heldLot")}</Tag>}
        </li>
      ))}
    </ul>
  );
}

/** What stands at each line, by material and lot, against minimum and maximum. */
export function StockTab() {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  const query = useQuery({ queryKey: ["pulls", "stock"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/production/line-stock", { signal })), refetchInterval: 30_000 });
  if (query.error) return <ProblemView error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <PageSkeleton />;
  const { rows } = query.data;
  if (rows.length === 0) return <Empty title={t("pulls.stockTitle")} text={t("pulls.stockText")} />;
  const places = [...new Set(rows.map(({ place }) => place))];
  return (
    <div className="pull-places">
      {places.map((place) => {
        const here = rows.filter((row) => row.place === place);
        const first = here[0];
        return (
          <section key={place} className="panel" aria-label={first ? placeOf(first, language) : place}>
            <h2>{first && placeOf(first, language)}</h2>
            <Collapse
              ghost
              items={here.map((row) => {
                const unit = unitText(row.unit, t("trace.piece"));
                const low = row.minimum !== null && Number(row.quantity) < Number(row.minimum);
                return {
                  key: row.material,
                  label: (
                    <span className="pull-row">
                      <strong>{materialOf(row, language)}</strong>
                      <Level row={row} />
                      <span className="num">{amountText(formats.decimal(row.quantity), unit)}</span>
                      <span className="muted num">{row.minimum !== null && `${formats.decimal(row.minimum)}–${formats.decimal(row.maximum)}`}</span>
                      <span>
                        {low && <Tag color="warning">{t("pulls.below")}</Tag>}
                        {row.usable !== row.quantity && <Tag color="error">{`${t("pulls.usable")} ${formats.decimal(row.usable)}`}</Tag>}
                        {Number(row.called) > 0 && <Tag color="processing">{`${t("pulls.onCall")} ${formats.decimal(row.called)}`}</Tag>}
                      </span>
                    </span>
                  ),
                  children: <Lots row={row} />,
                };
              })}
            />
          </section>
        );
      })}
    </div>
  );
}
