import { useQuery } from "@tanstack/react-query";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { client, unwrap } from "../../api/client";
import { useFormats } from "../../i18n/format";
import { useLanguage } from "../../i18n/language";
import "../../i18n/pulls";
import { unitText } from "../../trace/units";
import { amountText, materialOf } from "../pulls/look";
import { Lots } from "./Overview";
import "./shortages.css";

/** Which materials an open order goes short of in its turn, and what of them is on hold, expired or late. */
export function OrderShortages({ order }: { order: number }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  const navigate = useNavigate();
  const query = useQuery({ queryKey: ["shortages", "order", order], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/production/shortages/orders/{order_id}", { params: { path: { order_id: order } }, signal })), refetchInterval: 30_000 });
  if (!query.data) return null;
  const rows = query.data.materials.filter(({ row, lots, late }) => Number(row.short) > 0 || lots.length > 0 || late.length > 0);
  return (
    <section className="panel order-part" aria-label={t("pulls.shortage.own")}>
      <h2>{t("pulls.shortage.own")}</h2>
      {rows.length === 0 && <p className="muted">{t("pulls.shortage.ownNone")}</p>}
      {rows.map(({ row, lots, late }) => (
        <div key={row.material} className="short-part">
          <p>
            <strong>{materialOf(row, language)}</strong>{" "}
            {Number(row.short) > 0 && <Tag color="error">{`${t("pulls.shortage.short")} ${amountText(formats.decimal(row.short), unitText(row.unit, t("trace.piece")))}`}</Tag>}
            {lots.length > 0 && <Tag color="warning">{t("pulls.shortage.troubled", { count: lots.length })}</Tag>}
            {late.length > 0 && <Tag color="warning">{t("pulls.shortage.lateCalls", { count: late.length })}</Tag>}
          </p>
          <Lots lots={lots} onAsk={(uri) => void navigate(`/production/shortages?code=${encodeURIComponent(uri)}`)} />
        </div>
      ))}
    </section>
  );
}
