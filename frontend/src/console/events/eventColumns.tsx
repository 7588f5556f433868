import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { EventRow } from "../../api/contract";
import { useWithheld } from "../../api/session";
import { tailOf, useNames } from "../../api/vocabulary";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import type { Column } from "../../meta/table";
import { Withheld } from "../../meta/Withheld";
import { Disposition, EventItems, EventWhat } from "./EventCells";
import { methodText } from "./eventText";

/** The columns of the event list; on a phone the step heads the card and the time stands in its corner. */
export function useEventColumns(onOpen: (event: EventRow) => void): Column<EventRow>[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  const names = useNames();
  const withheld = useWithheld();
  return useMemo(
    (): Column<EventRow>[] => [
      {
        key: "time",
        title: t("events.column.time"),
        sort: "time",
        fixed: true,
        card: "corner",
        render: (event) => (
          <button
            type="button"
            className="plain-button num"
            onClick={(press) => {
              press.stopPropagation();
              onOpen(event);
            }}
          >
            {formats.dateTime(event.time, event.offset_minutes)}
          </button>
        ),
      },
      { key: "what", title: t("events.column.what"), fixed: true, card: "heading", render: (event) => <EventWhat event={event} /> },
      { key: "items", title: t("events.column.items"), render: (event) => <EventItems event={event} /> },
      {
        key: "place",
        title: t("events.column.place"),
        render: (event) =>
          named(language, event.place_name_zh, event.place_name_en, names.of("places", event.biz_location ?? event.read_point)),
      },
      { key: "person", title: t("events.column.person"), render: (event) => (withheld("people") ? <Withheld /> : names.of("people", event.person, event.person_name)) },
      { key: "equipment", title: t("events.column.equipment"), render: (event) => names.of("equipment", event.equipment, event.equipment_name) },
      { key: "disposition", title: t("events.column.disposition"), render: (event) => <Disposition value={event.disposition} /> },
      {
        key: "workOrder",
        title: t("events.column.workOrder"),
        hidden: true,
        card: "none",
        render: (event) => event.work_order && tailOf(event.work_order),
      },
      { key: "method", title: t("events.column.method"), hidden: true, card: "none", render: (event) => methodText(t, event.capture_method) },
      { key: "type", title: t("events.column.type"), hidden: true, card: "none", render: (event) => names.type(event.type) },
      {
        key: "recorded",
        title: t("events.column.recorded"),
        sort: "recorded",
        hidden: true,
        card: "none",
        render: (event) => <span className="num">{formats.dateTime(event.recorded)}</span>,
      },
      { key: "number", title: t("events.column.number"), hidden: true, align: "end", card: "none", render: (event) => <span className="num">{event.number}</span> },
    ],
    [t, language, formats, names, withheld, onOpen],
  );
}
