import { Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { History } from "../../api/floor";
import { tailOf, useNames } from "../../api/vocabulary";
import { KindGlyph } from "../../graph/KindGlyph";
import { named, useLanguage } from "../../i18n/language";
import { stateText } from "../../trace/wording";
import { dispositionTone, kindText } from "../events/eventText";
import { eventsLink } from "../home/links";

/** What the history is of. */
export function Subject({ history }: { history: History }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const names = useNames();
  const { item } = history;
  const product = named(language, item.product_name_zh, item.product_name_en) || names.of("products", item.product);
  const place = named(language, history.place_name_zh, history.place_name_en);
  return (
    <section className="panel history-subject" aria-label={item.label}>
      <KindGlyph kind={item.kind} size={44} />
      <div>
        <p className="muted">
          {kindText(t, item.kind)}
          {product && ` · ${product}`}
        </p>
        <h2 className="code">{item.label}</h2>
        <Typography.Text className="code muted history-uri" copyable={{ text: item.uri, tooltips: [t("trace.what.copy"), t("trace.what.copied")] }}>
          {item.uri}
        </Typography.Text>
      </div>
      <dl className="history-facts">
        {history.lot && item.kind !== "lot" && (
          <div>
            <dt>{t("floor.history.lot")}</dt>
            <dd className="code">{history.lot}</dd>
          </div>
        )}
        {history.work_orders.length > 0 && (
          <div>
            <dt>{t("floor.history.order")}</dt>
            <dd>
              {history.work_orders.map((order) => (
                <Link key={order} className="code" to={eventsLink({ order })}>
                  {tailOf(order)}
                </Link>
              ))}
            </dd>
          </div>
        )}
        <div>
          <dt>{t("trace.where.title")}</dt>
          <dd>
            {place || t("trace.where.unknown")} {history.state && <Tag className="state-tag">{stateText(t, history.state)}</Tag>}
            {history.disposition && <Tag color={dispositionTone(history.disposition)}>{names.of("dispositions", history.disposition)}</Tag>}
          </dd>
        </div>
      </dl>
    </section>
  );
}
