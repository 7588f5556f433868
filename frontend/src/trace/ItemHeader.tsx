import { EnvironmentOutlined, HistoryOutlined, RightOutlined } from "@ant-design/icons";
import { Tag, Typography } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { ItemDetail, ItemReference, TraceAnswer } from "../api/contract";
import { historyLink } from "../api/floor";
import { useMay } from "../api/session";
import { useNames } from "../api/vocabulary";
import { dispositionTone, kindText } from "../console/events/eventText";
import { PrintCodes } from "../console/labels/PrintCodes";
import { KindGlyph } from "../graph/KindGlyph";
import { useFormats } from "../i18n/format";
import { named, useLanguage } from "../i18n/language";
import { elementString } from "./codes";
import type { Direction } from "./deskState";
import { Verdicts } from "./Verdicts";
import { stateText } from "./wording";

interface ItemHeaderProps {
  readonly item: ItemDetail;
  readonly back: TraceAnswer | undefined;
  readonly forward: TraceAnswer | undefined;
  readonly onItem: (id: number) => void;
  readonly onDirection: (direction: Direction) => void;
}

function Identifiers({ uri }: { uri: string }) {
  const { t } = useTranslation();
  const element = elementString(uri);
  return (
    <dl className="identifiers">
      <div>
        <dt>{uri.startsWith("http") ? t("trace.what.uri") : t("trace.what.identifiers")}</dt>
        <dd>
          <Typography.Text className="code" copyable={{ text: uri, tooltips: [t("trace.what.copy"), t("trace.what.copied")] }}>
            {uri}
          </Typography.Text>
        </dd>
      </div>
      {element && (
        <div>
          <dt>{t("trace.what.elementString")}</dt>
          <dd>
            <Typography.Text className="code" copyable={{ text: element, tooltips: [t("trace.what.copy"), t("trace.what.copied")] }}>
              {element}
            </Typography.Text>
          </dd>
        </div>
      )}
    </dl>
  );
}

function What({ item, onItem }: { item: ItemDetail; onItem: (id: number) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const names = useNames();
  const formats = useFormats();
  const may = useMay();
  const { lot_item: lotItem } = item;
  const product = named(language, item.product_name_zh, item.product_name_en) || names.of("products", item.product);
  return (
    <div className="item-what">
      <KindGlyph kind={item.kind} size={52} />
      <div>
        <p className="item-kind">
          {kindText(t, item.kind)}
          {product && <span> · {product}</span>}
        </p>
        <h2 className="code">{item.label}</h2>
        <p className="item-facts">
          {item.lot && item.kind !== "lot" && (
            <span>
              {t("trace.what.lot")} <span className="code">{item.lot}</span>
            </span>
          )}
          {lotItem && (
            <button type="button" className="text-link" onClick={() => onItem(lotItem.id)}>
              {t("trace.what.partOf")} <span className="code">{lotItem.label}</span>
            </button>
          )}
          {item.contents_count > 0 && <span>{t("trace.what.contents", { count: item.contents_count })}</span>}
          <span>{t("trace.what.events", { count: item.event_count })}</span>
          {item.first_seen && <span>{t("trace.what.firstSeen", { time: formats.date(item.first_seen) })}</span>}
        </p>
        <Identifiers uri={item.uri} />
        <div className="item-actions">
          <PrintCodes codes={[item.uri]} size="small" />
          {may("production:history:read") && (
            <Link to={historyLink(item.uri)} className="item-history">
              <HistoryOutlined aria-hidden /> {t("trace.what.history")}
            </Link>
          )}
        </div>
      </div>
    </div>
  );
}

function Inside({ inside, onItem }: { inside: readonly ItemReference[]; onItem: (id: number) => void }) {
  const { t } = useTranslation();
  if (!inside.length) return <p className="muted">{t("trace.what.noContainer")}</p>;
  return (
    <nav aria-label={t("trace.where.path")} className="inside">
      <span className="muted">{t("trace.where.inside")}</span>
      <ol>
        {inside.map((carrier, i) => (
          <li key={carrier.id}>
            {i > 0 && <RightOutlined aria-hidden className="inside-arrow" />}
            <button type="button" className="text-link" onClick={() => onItem(carrier.id)} title={carrier.uri}>
              <KindGlyph kind={carrier.kind} size={16} /> <span className="code">{carrier.label}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}

function Where({ item, onItem }: { item: ItemDetail; onItem: (id: number) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const names = useNames();
  const formats = useFormats();
  const { where } = item;
  const place = where ? named(language, where.place_name_zh, where.place_name_en) || names.of("places", where.place_uri) : "";
  return (
    <div className="item-where">
      <h3>{t("trace.where.title")}</h3>
      <p className="item-place">
        <EnvironmentOutlined aria-hidden /> {place || t("trace.where.unknown")}
      </p>
      <p>
        {where?.state && <Tag className="state-tag">{stateText(t, where.state)}</Tag>}
        {where?.disposition && <Tag color={dispositionTone(where.disposition)}>{names.of("dispositions", where.disposition)}</Tag>}
      </p>
      {where?.since && <p className="muted num">{t("trace.where.since", { time: formats.dateTime(where.since), ago: formats.ago(where.since) })}</p>}
      <Inside inside={where?.inside.toReversed() ?? []} onItem={onItem} />
    </div>
  );
}

/** What the item is, where it is now, and what the trace says of it, at a glance. */
export function ItemHeader({ item, back, forward, onItem, onDirection }: ItemHeaderProps) {
  return (
    <section className="panel item-header" aria-label={item.label}>
      <What item={item} onItem={onItem} />
      <Where item={item} onItem={onItem} />
      <Verdicts back={back} forward={forward} onDirection={onDirection} />
    </section>
  );
}
