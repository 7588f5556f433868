import dayjs from "dayjs";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { DayOff, Shift } from "../../api/production";
import { useMay, useSession } from "../../api/session";
import { named, useLanguage } from "../../i18n/language";
import { NameButton } from "../../meta/NameButton";
import { DayControl, TimeControl, WeekdaysControl } from "./controls";
import { PartTable } from "./PartTable";
import { usePlantFields } from "./plantFields";

interface ShiftForm {
  code: string;
  name_zh: string;
  name_en: string;
  site: string;
  starts: string;
  ends: string;
  break_minutes: number;
  weekdays: number[];
  valid_from: string | null;
  valid_to: string | null;
  retired: boolean;
  extra: Record<string, unknown>;
}

interface DayForm {
  site: string;
  day: string;
  name_zh: string;
  name_en: string;
}

const WORKDAYS = [1, 2, 3, 4, 5];
const minute = (time: string) => time.slice(0, 5);

function DaysOff({ writes }: { writes: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { names, site, siteName, firstSite } = usePlantFields();
  const name = (row: DayOff) => named(language, row.name_zh, row.name_en);
  return (
    <PartTable<DayOff, DayForm>
      name="days-off"
      label={t("plant.daysOff")}
      load={(signal) => unwrap(client.GET("/api/v1/plant/days-off", { signal }))}
      columns={() => [
        { key: "name", title: t("plant.column.name"), fixed: true, card: "heading", render: (row) => <NameButton name={name(row)} /> },
        { key: "day", title: t("plant.column.day"), card: "corner", render: ({ day }) => <span className="num">{day}</span> },
        { key: "site", title: t("plant.column.site"), render: ({ site_id }) => siteName(site_id) },
      ]}
      fields={() => [site(false), { kind: "custom", name: "day", label: t("plant.column.day"), control: <DayControl clearable={false} /> }, ...names.slice(1)]}
      toForm={() => ({ site: firstSite, day: dayjs().format("YYYY-MM-DD"), name_zh: "", name_en: "" })}
      titleOf={(row) => `${name(row)} ${row.day}`}
      save={({ site: chosen, ...body }) => unwrap(client.POST("/api/v1/plant/days-off", { body: { ...body, site_id: Number(chosen) } }))}
      remove={({ id }) => unwrap(client.DELETE("/api/v1/plant/days-off/{row_id}", { params: { path: { row_id: id } } }))}
      newLabel={t("plant.new.dayOff")}
      writes={writes}
      empty={{ title: t("plant.empty.daysTitle"), text: t("plant.empty.daysText") }}
      words={(row) => `${row.day} ${row.name_zh} ${row.name_en}`}
    />
  );
}

/** When the plant works: shifts by weekday, and days off. */
export function ShiftsTab() {
  const { t } = useTranslation();
  const { sites } = useSession();
  const writes = useMay()("production:plant:write") && sites.length > 0;
  const { names, site, siteName, retired, extra, nameOf, nameColumn, codeColumn, firstSite } = usePlantFields();
  const days = (weekdays: readonly number[]) => weekdays.map((day) => t(`plant.weekday.${day}` as "plant.weekday.1")).join(" ");
  return (
    <>
      <PartTable<Shift, ShiftForm>
        name="shifts"
        label={t("plant.tab.shifts")}
        load={(signal) => unwrap(client.GET("/api/v1/plant/shifts", { signal }))}
        columns={(open) => [
          nameColumn(open),
          codeColumn(),
          { key: "time", title: t("plant.column.time"), card: "corner", render: ({ starts, ends }) => <span className="num">{`${minute(starts)}–${minute(ends)}`} {ends <= starts && <small>{t("plant.nextDay")}</small>}</span> },
          { key: "weekdays", title: t("plant.column.weekdays"), render: ({ weekdays }) => days(weekdays) },
          { key: "break", title: t("plant.field.breakMinutes"), align: "end", render: ({ break_minutes }) => <span className="num">{break_minutes}</span> },
          { key: "site", title: t("plant.column.site"), render: ({ site_id }) => siteName(site_id) },
          { key: "valid", title: t("plant.valid"), render: ({ valid_from, valid_to }) => (valid_from || valid_to ? <span className="num">{`${valid_from ?? "…"} – ${valid_to ?? "…"}`}</span> : t("plant.allYear")) },
        ]}
        fields={(existing) => [
          ...names,
          ...(existing ? [] : [site(false)]),
          { kind: "custom", name: "starts", label: t("plant.field.starts"), control: <TimeControl /> },
          { kind: "custom", name: "ends", label: t("plant.field.ends"), help: t("plant.field.endsHelp"), control: <TimeControl /> },
          { kind: "number", name: "break_minutes", label: t("plant.field.breakMinutes"), least: 0, most: 720, required: true },
          { kind: "custom", name: "weekdays", label: t("plant.column.weekdays"), required: true, control: <WeekdaysControl /> },
          { kind: "custom", name: "valid_from", label: t("plant.field.validFrom"), control: <DayControl /> },
          { kind: "custom", name: "valid_to", label: t("plant.field.validTo"), control: <DayControl /> },
          ...(existing ? [retired] : []),
          extra,
        ]}
        toForm={(row) => ({
          code: row?.code ?? "", name_zh: row?.name_zh ?? "", name_en: row?.name_en ?? "", site: row ? String(row.site_id) : firstSite, starts: row ? minute(row.starts) : "08:00", ends: row ? minute(row.ends) : "16:00",
          break_minutes: row?.break_minutes ?? 30, weekdays: [...(row?.weekdays ?? WORKDAYS)], valid_from: row?.valid_from ?? null, valid_to: row?.valid_to ?? null, retired: row?.retired ?? false, extra: row?.extra ?? {},
        })}
        titleOf={nameOf}
        save={({ site: chosen, retired: gone, ...same }, existing) =>
          existing
            ? unwrap(client.PATCH("/api/v1/plant/shifts/{row_id}", { params: { path: { row_id: existing.id } }, body: { ...same, retired: gone } }))
            : unwrap(client.POST("/api/v1/plant/shifts", { body: { ...same, site_id: Number(chosen) } }))
        }
        newLabel={t("plant.new.shift")}
        writes={writes}
        empty={{ title: t("plant.empty.shiftsTitle"), text: t("plant.empty.shiftsText") }}
        words={({ code, name_zh, name_en }) => `${code} ${name_zh} ${name_en}`}
      />
      <section className="part-section">
        <h2>{t("plant.daysOff")}</h2>
        <DaysOff writes={writes} />
      </section>
    </>
  );
}
