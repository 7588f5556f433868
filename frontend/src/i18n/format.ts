import dayjs from "dayjs";
import relativeTime from "dayjs/plugin/relativeTime";
import { useMemo } from "react";

import type { Language } from "../api/contract";
import { useLanguage } from "./language";

dayjs.extend(relativeTime);

const DASH = "–";
const MINUTE_MS = 60_000;

/** Wall-clock time on the spot: ISO time shifted by the event's own offset; without one, the reader's clock. */
function clock(iso: string, offsetMinutes?: number): dayjs.Dayjs {
  const instant = dayjs(iso);
  if (offsetMinutes === undefined) return instant;
  const readersOffset = -new Date(iso).getTimezoneOffset();
  return dayjs(instant.valueOf() + (offsetMinutes - readersOffset) * MINUTE_MS);
}

export function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

export interface Formats {
  /** `2026-03-30 08:05:12` */
  dateTime: (iso: string | null | undefined, offsetMinutes?: number) => string;
  date: (iso: string | null | undefined) => string;
  /** `08:05:12` */
  time: (iso: string, offsetMinutes?: number) => string;
  /** `3 minutes ago` */
  ago: (iso: string) => string;
  number: (value: number | null | undefined, digits?: number) => string;
  /** A share between 0 and 1 as `98.1%`. */
  percent: (share: number | null | undefined, digits?: number) => string;
  /** An exact decimal that came as a string, grouped, digits untouched. */
  decimal: (value: string | null | undefined) => string;
}

export function formatsFor(language: Language): Formats {
  const locale = language === "en" ? "en-GB" : "zh-CN";
  const valid = (iso: string | null | undefined): iso is string => !!iso && dayjs(iso).isValid();
  const round = (value: number, digits: number, style: "decimal" | "percent") =>
    new Intl.NumberFormat(locale, { style, minimumFractionDigits: style === "percent" ? digits : 0, maximumFractionDigits: digits }).format(value);
  return {
    dateTime: (iso, offset) => (valid(iso) ? clock(iso, offset).format("YYYY-MM-DD HH:mm:ss") : DASH),
    date: (iso) => (valid(iso) ? dayjs(iso).format("YYYY-MM-DD") : DASH),
    time: (iso, offset) => (valid(iso) ? clock(iso, offset).format("HH:mm:ss") : DASH),
    ago: (iso) =>
      valid(iso)
        ? dayjs(iso)
            .locale(language === "en" ? "en" : "zh-cn")
            .fromNow()
        : DASH,
    number: (value, digits = 0) => (value === null || value === undefined ? DASH : round(value, digits, "decimal")),
    percent: (share, digits = 1) => (share === null || share === undefined ? DASH : round(share, digits, "percent")),
    decimal: (value) => {
      if (value === null || value === undefined || value === "") return DASH;
      const [whole = "", fraction] = value.split(".");
      const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
      return fraction === undefined ? grouped : `${grouped}.${fraction}`;
    },
  };
}

export function useFormats(): Formats {
  const language = useLanguage();
  return useMemo(() => formatsFor(language), [language]);
}
