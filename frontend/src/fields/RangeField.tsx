import { DatePicker } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";

import type { FilterValues } from "../meta/filters";

interface RangeFieldProps {
  from: string | undefined;
  to: string | undefined;
  onChange: (change: FilterValues) => void;
}

/** A time window, kept as two ISO times with offset. Presets first: they answer most questions in one press. */
export function RangeField({ from, to, onChange }: RangeFieldProps) {
  const { t } = useTranslation();
  const now = dayjs();
  const presets = [
    { label: t("events.preset.hour"), value: [now.subtract(1, "hour"), now] as [dayjs.Dayjs, dayjs.Dayjs] },
    { label: t("events.preset.today"), value: [now.startOf("day"), now.endOf("day")] as [dayjs.Dayjs, dayjs.Dayjs] },
    {
      label: t("events.preset.yesterday"),
      value: [now.subtract(1, "day").startOf("day"), now.subtract(1, "day").endOf("day")] as [dayjs.Dayjs, dayjs.Dayjs],
    },
    { label: t("events.preset.week"), value: [now.subtract(6, "day").startOf("day"), now.endOf("day")] as [dayjs.Dayjs, dayjs.Dayjs] },
    { label: t("events.preset.month"), value: [now.subtract(29, "day").startOf("day"), now.endOf("day")] as [dayjs.Dayjs, dayjs.Dayjs] },
  ];
  return (
    <DatePicker.RangePicker
      className="wide"
      showTime={{ format: "HH:mm" }}
      format="YYYY-MM-DD HH:mm"
      allowEmpty={[true, true]}
      presets={presets}
      value={[from ? dayjs(from) : null, to ? dayjs(to) : null]}
      onChange={(range) => onChange({ from: range?.[0]?.toISOString() ?? "", to: range?.[1]?.toISOString() ?? "" })}
      placeholder={[t("list.from"), t("list.to")]}
      aria-label={`${t("list.from")} – ${t("list.to")}`}
    />
  );
}
