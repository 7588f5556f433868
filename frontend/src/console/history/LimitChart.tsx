import { useTranslation } from "react-i18next";

import { limitText } from "../../trace/limits";

export interface Measured {
  value: number;
  ok: boolean | null;
}

interface LimitChartProps {
  name: string;
  values: readonly Measured[];
  low: number | null;
  high: number | null;
}

/** The scale of a chart: the limits with a third of room on both sides, and further where a value lies further. */
export function scaleOf(values: readonly Measured[], low: number | null, high: number | null): { from: number; to: number } {
  const measured = values.map(({ value }) => value);
  const known = [...measured, ...(low === null ? [] : [low]), ...(high === null ? [] : [high])];
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const room = ((high ?? most) - (low ?? least) || Math.abs(most) || 1) / 3;
  return { from: Math.min(least, (low ?? least) - room), to: Math.max(most, (high ?? most) + room) };
}

/** Where values lie between their limits: dots in a band, those outside as red diamonds. The number stands beside it. */
export function LimitChart({ name, values, low, high }: LimitChartProps) {
  const { t } = useTranslation();
  const { from, to } = scaleOf(values, low, high);
  const x = (value: number): number => 2 + ((value - from) / (to - from || 1)) * 96;
  const left = low === null ? 0 : x(low);
  const right = high === null ? 100 : x(high);
  const label = t("floor.history.chart", { name, value: values.map(({ value }) => value).join(", "), limits: limitText({ low, high }) ?? t("floor.history.noLimits") });
  return (
    <div className="limit-chart" role="img" aria-label={label}>
      {(low !== null || high !== null) && <span className="limit-band" style={{ left: `${left}%`, width: `${Math.max(0, right - left)}%` }} />}
      {low !== null && <span className="limit-line" style={{ left: `${left}%` }} />}
      {high !== null && <span className="limit-line" style={{ left: `${right}%` }} />}
      {values.map(({ value, ok }, at) => (
        <span key={at} className={ok === false ? "limit-dot limit-bad" : "limit-dot"} style={{ left: `${x(value)}%` }} />
      ))}
    </div>
  );
}
