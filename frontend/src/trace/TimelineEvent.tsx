import { ApiOutlined, EnvironmentOutlined, PaperClipOutlined, ToolOutlined, UserOutlined } from "@ant-design/icons";
import { Button, Tag } from "antd";
import { useTranslation } from "react-i18next";

import type { Parameter, TimelineRow } from "../api/contract";
import { tailOf, useNames } from "../api/vocabulary";
import { happened, roleText } from "../console/events/eventText";
import { attachedIn } from "../console/events/attachments";
import { JsonView } from "../console/events/JsonView";
import { KindGlyph } from "../graph/KindGlyph";
import { useFormats } from "../i18n/format";
import { named, useLanguage } from "../i18n/language";
import { limitText } from "./limits";
import { unitText } from "./units";
import { parameterText } from "./wording";

interface TimelineEventProps {
  readonly row: TimelineRow;
  readonly itemId: number;
  readonly onEvent: (number: number) => void;
  readonly onItem: (id: number) => void;
}

const toneOf = (row: TimelineRow): string => {
  if (row.voided) return "voided";
  const bad = row.parameters.some((parameter) => parameter.ok === false) || /non_conformant|damaged|destroyed|recalled|expired/u.test(row.disposition ?? "");
  return bad ? "bad" : row.type === "TransformationEvent" ? "made" : row.type === "AggregationEvent" ? "packed" : "seen";
};

/** Measured values as chips; those outside their limits are marked with colour, sign and words. */
function Measured({ parameters }: { parameters: readonly Parameter[] }) {
  const { t } = useTranslation();
  const names = useNames();
  if (!parameters.length) return null;
  return (
    <ul className="measured">
      {parameters.map((parameter, i) => {
        const limits = limitText(parameter);
        return (
          <li key={`${parameter.name} ${i}`} className={parameter.ok === false ? "measured-bad" : ""}>
            <span>{parameterText(names, parameter.name)}</span>{" "}
            <b className="num">
              {parameter.ok === false && "▲ "}
              {String(parameter.value ?? "")} {unitText(parameter.unit, t("trace.piece"))}
            </b>
            {limits && <small className="num">{t("trace.timeline.limits", { limits })}</small>}
            {parameter.ok === false && <small className="measured-word">{t("trace.timeline.outside")}</small>}
          </li>
        );
      })}
    </ul>
  );
}

function Others({ row, itemId, onItem }: Pick<TimelineEventProps, "row" | "itemId" | "onItem">) {
  const { t } = useTranslation();
  const others = row.items.filter((item) => item.id !== itemId);
  if (!others.length) return null;
  const more = row.item_count - 1 - others.length;
  return (
    <p className="timeline-items">
      {others.map((item) => (
        <button type="button" key={`${item.role} ${item.id}`} className="text-link" title={item.uri} onClick={() => onItem(item.id)}>
          <KindGlyph kind={item.kind} size={14} /> <span className="code">{item.label}</span> <small className="muted">{roleText(t, item.role)}</small>
        </button>
      ))}
      {more > 0 && <small className="muted">+{more}</small>}
    </p>
  );
}

/** One event in the item's life. */
export function TimelineEvent({ row, itemId, onEvent, onItem }: TimelineEventProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const names = useNames();
  const formats = useFormats();
  const place = named(language, row.place_name_zh, row.place_name_en) || names.of("places", row.biz_location);
  const person = names.of("people", row.person, row.person_name);
  const attached = attachedIn(row.reading).length;
  const equipment = names.of("equipment", row.equipment, row.equipment_name);
  return (
    <li className={`timeline-event tone-${toneOf(row)}`}>
      <time className="num" dateTime={row.time}>
        {formats.time(row.time, row.offset_minutes)}
      </time>
      <div className="timeline-body">
        <button type="button" className="timeline-step" onClick={() => onEvent(row.number)} title={t("trace.timeline.whole")}>
          <strong>{row.biz_step ? names.of("steps", row.biz_step) : names.type(row.type)}</strong>
          <small className="muted">{happened(t, row)}</small>
        </button>
        {row.voided && <Tag color="error">{t("domain.voided")}</Tag>}
        <p className="timeline-facts">
          {place && (
            <span>
              <EnvironmentOutlined aria-hidden /> {place}
            </span>
          )}
          {person && (
            <span>
              <UserOutlined aria-hidden /> {person}
            </span>
          )}
          {equipment && (
            <span>
              <ToolOutlined aria-hidden /> {equipment}
            </span>
          )}
          {row.work_order && <span className="muted">{tailOf(row.work_order)}</span>}
          {row.quantity !== null && (
            <span className="num">
              {formats.decimal(row.quantity)} {unitText(row.unit, t("trace.piece"))}
            </span>
          )}
          {attached > 0 && (
            <button type="button" className="text-link" onClick={() => onEvent(row.number)}>
              <PaperClipOutlined aria-hidden /> {t("trace.timeline.attached", { n: attached })}
            </button>
          )}
          {row.roles.length === 0 && <span className="muted">{t("trace.timeline.viaCarrier")}</span>}
        </p>
        <Measured parameters={row.parameters} />
        <Others row={row} itemId={itemId} onItem={onItem} />
        {row.reading !== null && (
          <details className="raw">
            <summary>
              <ApiOutlined aria-hidden /> {t("trace.timeline.raw")}
            </summary>
            <JsonView value={row.reading} open />
            <Button type="link" size="small" onClick={() => onEvent(row.number)}>
              {t("trace.timeline.whole")}
            </Button>
          </details>
        )}
      </div>
    </li>
  );
}
