import { useTranslation } from "react-i18next";

import type { components } from "../../api/schema";
import { limitText } from "../limits";

export type MeasuredSeries = components["schemas"]["MeasuredSeries"];
export type MeasuredPoint = components["schemas"]["MeasuredPoint"];

const WIDTH = 320;
const HEIGHT = 84;
const PAD = 10;

/** Where the chart begins and ends: all values and limits, with room above and below. */
export function rangeOf(series: Pick<MeasuredSeries, "low" | "high" | "points">): { from: number; to: number } {
  const known = [...series.points.map(({ value }) => Number(value)), ...[series.low, series.high].filter((each) => each !== null).map(Number)];
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const room = (most - least) / 8 || Math.abs(most) / 8 || 1;
  return { from: least - room, to: most + room };
}

/** Values in time order in the band of their limits: the item's own full, its neighbours as rings, those outside as diamonds. */
export function RunChart({ series, name, unit, onEvent }: { series: MeasuredSeries; name: string; unit: string; onEvent?: ((event: number) => void) | undefined }) {
  const { t } = useTranslation();
  const { from, to } = rangeOf(series);
  const y = (value: number): number => PAD + (1 - (value - from) / (to - from)) * (HEIGHT - 2 * PAD);
  const x = (at: number): number => PAD + (series.points.length > 1 ? (at / (series.points.length - 1)) * (WIDTH - 2 * PAD) : WIDTH / 2 - PAD);
  const [low, high] = [series.low ?? null, series.high ?? null].map((each) => (each === null ? null : Number(each))) as [number | null, number | null];
  const own = series.points.filter((each) => each.own);
  const label = t("trace.measured.chart", {
    name, unit,
    own: own.map(({ value }) => value).join(", "),
    limits: limitText({ low, high }) ?? t("trace.parameters.noLimits"),
    count: series.points.length - own.length,
    median: series.median ?? "–",
  });
  return (
    <svg className="run-chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {(low !== null || high !== null) && <rect className="chart-band" x="0" width={WIDTH} y={high === null ? 0 : y(high)} height={(low === null ? HEIGHT : y(low)) - (high === null ? 0 : y(high))} />}
      {high !== null && <line className="chart-limit" x1="0" x2={WIDTH} y1={y(high)} y2={y(high)} />}
      {low !== null && <line className="chart-limit" x1="0" x2={WIDTH} y1={y(low)} y2={y(low)} />}
      <polyline className="chart-line" points={series.points.map((each, at) => `${x(at)},${y(Number(each.value))}`).join(" ")} />
      {series.points.map((each, at) => (
        <g key={`${each.event_number} ${at}`} className={`run-point${each.own ? " own" : ""}${each.ok === false ? " bad" : ""}`} transform={`translate(${x(at)} ${y(Number(each.value))})`} onClick={() => onEvent?.(each.event_number)}>
          <circle className="run-target" r="9" />
          {each.ok === false ? <path d="M0-5.5 5.5 0 0 5.5-5.5 0Z" /> : <circle r={each.own ? 5 : 3.4} />}
          <title>{`${each.label} · ${each.value} ${unit}`}</title>
        </g>
      ))}
    </svg>
  );
}
