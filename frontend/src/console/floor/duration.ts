import type { TFunction } from "i18next";

const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");

/** Seconds as `03:05`, `1:03:05` or `2 d 1:03`; a dash where there are none. */
export function durationText(t: TFunction, seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return t("floor.duration.none");
  const days = Math.floor(seconds / 86_400);
  const hours = Math.floor((seconds % 86_400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (days > 0) return t("floor.duration.days", { days, rest: `${hours}:${two(minutes)}` });
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`;
}
