import { EditOutlined, LinkOutlined, ScanOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import type { ItemRow } from "../api/contract";
import { ProblemView } from "../console/ProblemView";
import { KindGlyph } from "../graph/KindGlyph";
import { named, useLanguage } from "../i18n/language";
import type { Desk } from "./deskState";
import { useExamples } from "./useTrace";

/** Items as cards that open their trace. */
export function ItemCards({ items, desk }: { items: readonly ItemRow[]; desk: Desk }) {
  const language = useLanguage();
  return (
    <ul className="item-cards">
      {items.map((item) => (
        <li key={item.id}>
          <button type="button" onClick={() => desk.open({ itemId: item.id })}>
            <KindGlyph kind={item.kind} size={30} />
            <span>
              <strong className="code">{item.label}</strong>
              <small className="muted">
                {[named(language, item.product_name_zh, item.product_name_en), named(language, item.place_name_zh, item.place_name_en)].filter(Boolean).join(" · ")}
              </small>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Nothing asked yet: what the desk does, how to ask, and items to try it with. */
export function EmptyDesk({ desk }: { desk: Desk }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { data, error, refetch } = useExamples(true);
  const icons = { scan: <ScanOutlined aria-hidden />, paste: <LinkOutlined aria-hidden />, type: <EditOutlined aria-hidden /> };
  return (
    <section className="empty-desk">
      <h2>{t("trace.empty.title")}</h2>
      <p className="empty-desk-text">{t("trace.empty.text")}</p>
      <ul className="empty-desk-how">
        {(["scan", "paste", "type"] as const).map((way) => (
          <li key={way}>
            {icons[way]} {t(`trace.empty.how.${way}`)}
          </li>
        ))}
      </ul>
      {error && <ProblemView error={error} onRetry={() => void refetch()} />}
      {data && data.length > 0 && (
        <>
          <h3>{t("trace.empty.examples")}</h3>
          <p className="muted">{t("trace.empty.examplesText")}</p>
          <ItemCards items={data} desk={desk} />
        </>
      )}
      {data?.length === 0 && (
        <>
          <p>{t("trace.empty.none")}</p>
          <Button type="primary" onClick={() => void navigate("/capture")}>
            {t("trace.empty.capture")}
          </Button>
        </>
      )}
    </section>
  );
}
