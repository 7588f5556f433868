import { Tag } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { EventRow, ItemMention } from "../../api/contract";
import { useMay } from "../../api/session";
import { tailOf, useNames } from "../../api/vocabulary";
import { dispositionTone, happened, kindText, traceLink } from "./eventText";

/** An item by its label, leading to its trace. */
export function ItemLink({ item }: { item: Pick<ItemMention, "uri" | "label" | "kind"> }) {
  const { t } = useTranslation();
  const text = item.label || tailOf(item.uri);
  if (!useMay()("trace:item:read")) return <span className="code">{text}</span>;
  return (
    <Link to={traceLink(item.uri)} className="code" title={`${kindText(t, item.kind)} ${item.uri}`} onClick={(event) => event.stopPropagation()}>
      {text}
    </Link>
  );
}

/** The first few items of an event and how many there are. */
export function EventItems({ event, most = 2 }: { event: EventRow; most?: number }) {
  const { t } = useTranslation();
  if (event.items.length === 0) return null;
  return (
    <span className="event-items">
      {event.items.slice(0, most).map((item) => (
        <ItemLink key={`${item.role} ${item.uri}`} item={item} />
      ))}
      {event.item_count > most && <span className="muted">{t("events.andMore", { n: event.item_count })}</span>}
    </span>
  );
}

/** The step, and in small what kind of fact it is. */
export function EventWhat({ event }: { event: EventRow }) {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <span className="event-what">
      <strong>{event.biz_step ? names.of("steps", event.biz_step) : names.type(event.type)}</strong>
      <small className="muted">{happened(t, event)}</small>
      {event.voided && <Tag color="error">{t("domain.voided")}</Tag>}
    </span>
  );
}

export function Disposition({ value }: { value: string | null }) {
  const names = useNames();
  if (!value) return null;
  return <Tag color={dispositionTone(value)}>{names.of("dispositions", value)}</Tag>;
}
