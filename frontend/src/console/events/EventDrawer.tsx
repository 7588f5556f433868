import { LeftOutlined, RightOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Descriptions, Drawer, Flex, Skeleton, Typography } from "antd";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { EventDetail, EventRow } from "../../api/contract";
import { type Names, tailOf } from "../../api/vocabulary";
import { useWithheld, useWithheldGroups } from "../../api/session";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { Withheld } from "../../meta/Withheld";
import { Signatures } from "../../signing/Signatures";
import { ProblemView } from "../ProblemView";
import { Disposition } from "./EventCells";
import { attachedTo } from "./attachments";
import { CorrectEvent } from "./CorrectEvent";
import { EventAttachments } from "./EventAttachments";
import { EventEntry } from "./EventEntry";
import { Participations, Parameters } from "./EventParts";
import { JsonView } from "./JsonView";
import { happened, methodText } from "./eventText";

function VoidBanner({ event, onOpen }: { event: EventDetail; onOpen: (number: number) => void }) {
  const { t } = useTranslation();
  const { voided_by: by, voids } = event;
  return (
    <>
      {(event.voided || by) && (
        <Alert
          type="error"
          showIcon
          title={t("events.voided.title")}
          description={
            <>
              {by && (
                <Button type="link" className="inline-link" onClick={() => onOpen(by.number)}>
                  {t("events.voided.by", { number: by.number })}
                </Button>
              )}
              {by?.reason && <span>{t("events.voided.reason", { reason: by.reason })} </span>}
              <span>{t("events.voided.kept")}</span>
            </>
          }
        />
      )}
      {voids && (
        <Alert
          type="warning"
          showIcon
          title={t("events.voids.title")}
          description={
            <Button type="link" className="inline-link" onClick={() => onOpen(voids.number)}>
              {t("events.voids.text", { number: voids.number })}
            </Button>
          }
        />
      )}
    </>
  );
}

function Facts({ event, by, names }: { event: EventRow; by: string; names: Names }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  const withheld = useWithheld();
  const delay = Math.round((Date.parse(event.recorded) - Date.parse(event.time)) / 1000);
  const place = named(language, event.place_name_zh, event.place_name_en, names.of("places", event.biz_location));
  const rows: { key: string; label: string; children: React.ReactNode; when?: boolean }[] = [
    { key: "time", label: t("events.drawer.time"), children: <span className="num">{formats.dateTime(event.time, event.offset_minutes)}</span> },
    {
      key: "recorded",
      label: t("events.drawer.recorded"),
      children: (
        <span className="num">
          {formats.dateTime(event.recorded, event.offset_minutes)} <span className="muted">{t("events.drawer.delay", { seconds: formats.number(delay) })}</span>
        </span>
      ),
    },
    { key: "type", label: t("events.drawer.type"), children: `${names.type(event.type)} · ${happened(t, event)}` },
    { key: "step", label: t("events.drawer.step"), children: names.of("steps", event.biz_step), when: event.biz_step !== null },
    { key: "disposition", label: t("events.drawer.disposition"), children: <Disposition value={event.disposition} />, when: event.disposition !== null },
    { key: "place", label: t("events.drawer.place"), children: place, when: place !== "" },
    {
      key: "readPoint",
      label: t("events.drawer.readPoint"),
      children: names.of("places", event.read_point),
      when: event.read_point !== null && event.read_point !== event.biz_location,
    },
    { key: "person", label: t("events.drawer.person"), children: names.of("people", event.person, event.person_name), when: event.person !== null || withheld("people") },
    {
      key: "equipment",
      label: t("events.drawer.equipment"),
      children: names.of("equipment", event.equipment, event.equipment_name),
      when: event.equipment !== null,
    },
    { key: "order", label: t("events.drawer.workOrder"), children: tailOf(event.work_order ?? ""), when: event.work_order !== null },
    { key: "by", label: t("events.drawer.recordedBy"), children: withheld("people") ? <Withheld /> : by, when: by !== "" || withheld("people") },
    { key: "method", label: t("events.drawer.method"), children: methodText(t, event.capture_method) },
    {
      key: "id",
      label: t("events.drawer.eventId"),
      children: (
        <Typography.Text className="code" copyable>
          {event.event_id}
        </Typography.Text>
      ),
    },
  ];
  return <Descriptions column={1} size="small" bordered items={rows.filter(({ when }) => when !== false).map(({ key, label, children }) => ({ key, label, children }))} />;
}

function EventBody({ event, names, onOpen }: { event: EventDetail; names: Names; onOpen: (number: number) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const withheld = useWithheldGroups();
  const attachments = attachedTo(event.document);
  return (
    <Flex vertical gap={20}>
      <VoidBanner event={event} onOpen={onOpen} />
      <Facts event={event} by={event.recorded_by} names={names} />
      {event.participations.length > 0 && <Participations participations={event.participations} />}
      {event.parameters.length > 0 && <Parameters parameters={event.parameters} names={names} />}
      {withheld.includes("measured") && (
        <section>
          <h2>{t("events.drawer.parameters")}</h2>
          <Withheld />
        </section>
      )}
      <EventEntry event={event} language={language} />
      {attachments.length > 0 && <EventAttachments attachments={attachments} />}
      <section>
        <h2>{t("events.drawer.reading")}</h2>
        {withheld.length > 0 ? <Withheld /> : event.reading === null ? <p className="muted">{t("events.drawer.readingNone")}</p> : <JsonView value={event.reading} open />}
      </section>
      <section>
        <h2>{t("events.drawer.document")}</h2>
        {withheld.length > 0 ? <Withheld /> : <JsonView value={event.document} />}
      </section>
      <section>
        <h2>{t("events.drawer.proof")}</h2>
        <Typography.Text className="code" copyable>
          {event.content_hash}
        </Typography.Text>
        <p className="muted">{t("events.drawer.hashHelp")}</p>
      </section>
      <Signatures kind="event" subject={String(event.number)} />
    </Flex>
  );
}

interface EventDrawerProps {
  number: number | null;
  /** Numbers of the events in the list behind, to step through without closing. */
  neighbours: readonly number[];
  names: Names;
  onOpen: (number: number | null) => void;
}

/** One event in full: in human words first, to the last byte below. */
export function EventDrawer({ number, neighbours, names, onOpen }: EventDrawerProps) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ["event", number],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/events/{number}", { params: { path: { number: number ?? 0 } }, signal })),
    enabled: number !== null,
  });
  const at = number === null ? -1 : neighbours.indexOf(number);
  const newer = neighbours[at - 1];
  const older = at >= 0 ? neighbours[at + 1] : undefined;
  return (
    <Drawer
      open={number !== null}
      onClose={() => onOpen(null)}
      size={680}
      title={t("events.drawer.title", { number: number ?? "" })}
      extra={
        <Flex gap={4}>
          {query.data && <CorrectEvent key={query.data.number} event={query.data} />}
          {at >= 0 && (
            <>
            <Button
              type="text"
              icon={<LeftOutlined />}
              aria-label={t("events.drawer.previous")}
              disabled={newer === undefined}
              onClick={() => newer !== undefined && onOpen(newer)}
            />
            <Button
              type="text"
              icon={<RightOutlined />}
              aria-label={t("events.drawer.next")}
              disabled={older === undefined}
              onClick={() => older !== undefined && onOpen(older)}
            />
            </>
          )}
        </Flex>
      }
    >
      {query.error && <ProblemView error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && number !== null && <Skeleton active paragraph={{ rows: 12 }} />}
      {query.data && <EventBody event={query.data} names={names} onOpen={onOpen} />}
    </Drawer>
  );
}
