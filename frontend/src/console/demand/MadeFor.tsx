import { useQuery } from "@tanstack/react-query";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { client, unwrap } from "../../api/client";
import { useWithheld } from "../../api/session";
import { useFormats } from "../../i18n/format";
import "../../i18n/demand";
import "./demand.css";
import { useAmounts } from "./look";

/** The lines of customers' orders that a work order is made for; nothing where there are none. */
export function MadeFor({ order }: { order: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const amount = useAmounts();
  const withheld = useWithheld()("parties");
  const query = useQuery({ queryKey: ["demand", "made-for", order], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/production/demand/made-for/{order_id}", { params: { path: { order_id: order } }, signal })) });
  const rows = query.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <section className="panel order-part" aria-label={t("demand.forTitle")}>
      <h2>{t("demand.forTitle")}</h2>
      <ul className="demand-for">
        {rows.map(({ demand, bound, given }) => (
          <li key={demand.id}>
            <Link to={`/production/demand?search=${encodeURIComponent(demand.customer_order)}`}>{t("demand.forText", { order: demand.customer_order, line: demand.line })}</Link> · {withheld ? t("withheld.value") : demand.customer} · <span className="num">{amount(bound, demand.unit)}</span> · {`${t("demand.due")} ${demand.due}`}{" "}
            {demand.cancelled && <Tag>{t("demand.states.cancelled")}</Tag>}
            {given !== bound && (
              <Tag color="error" title={t("demand.cut")}>
                {t("demand.gives", { given: formats.decimal(given), bound: formats.decimal(bound) })}
              </Tag>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
