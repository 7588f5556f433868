import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { TraceAnswer } from "../api/contract";
import { useNames } from "../api/vocabulary";
import { useWithheld } from "../api/session";
import { useFormats } from "../i18n/format";
import { limitText, type Sample, type Series, seriesOf } from "./limits";
import { unitText } from "./units";
import { parameterText } from "./wording";

const WIDTH = 260;
const HEIGHT = 56;
const PAD = 6;
/** More points than this lie on each other. */
const POINTS = 130;

/** The points drawn: all that are out of limits, and an even choice of the others. */
function chosen(samples: readonly Sample[]): (Sample & { at: number })[] {
  const stride = Math.max(1, Math.ceil(samples.length / POINTS));
  return samples.flatMap((sample, at) => (sample.ok === false || at % stride === 0 ? [{ ...sample, at }] : []));
}

/** Values in order against their limits; points outside are larger, red and can be opened. */
function Chart({ series, onEvent }: { series: Series; onEvent: (number: number) => void }) {
  const { t } = useTranslation();
  const names = useNames();
  const { low, high, min, max, samples } = series;
  const bottom = Math.min(min, low ?? min);
  const top = Math.max(max, high ?? max);
  const y = (value: number): number => HEIGHT - PAD - ((value - bottom) / (top - bottom || 1)) * (HEIGHT - PAD * 2);
  const x = (at: number): number => PAD + (samples.length > 1 ? (at / (samples.length - 1)) * (WIDTH - PAD * 2) : (WIDTH - PAD * 2) / 2);
  const label = t("trace.parameters.chart", { name: parameterText(names, series.name), count: samples.length, min, max, outside: series.outside });
  const bandTop = high === null ? 0 : y(high);
  const bandBottom = low === null ? HEIGHT : y(low);
  return (
    <svg className="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} role="img" aria-label={label}>
      <rect className="chart-band" x="0" width={WIDTH} y={bandTop} height={Math.max(0, bandBottom - bandTop)} />
      {high !== null && <line className="chart-limit" x1="0" x2={WIDTH} y1={y(high)} y2={y(high)} />}
      {low !== null && <line className="chart-limit" x1="0" x2={WIDTH} y1={y(low)} y2={y(low)} />}
      <polyline className="chart-line" points={chosen(samples).map((s) => `${x(s.at)},${y(s.value)}`).join(" ")} />
      {chosen(samples).map((s) => (
        <circle
          key={s.at}
          className={s.ok === false ? "chart-bad" : "chart-dot"}
          cx={x(s.at)}
          cy={y(s.value)}
          r={s.ok === false ? 4 : samples.length > 40 ? 1.4 : 2.4}
          onClick={() => s.event !== null && onEvent(s.event)}
        >
          <title>{`${s.value} ${unitText(series.unit, t("trace.piece"))}`}</title>
        </circle>
      ))}
    </svg>
  );
}

/** What was measured along the trace: each parameter with its spread, its limits and its trend. */
export function ParameterTable({ answers, onEvent }: { answers: readonly TraceAnswer[]; onEvent: (number: number) => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const names = useNames();
  const withheld = useWithheld();
  const series = useMemo(() => seriesOf(answers.flatMap((answer) => answer.parameters)), [answers]);
  if (!series.length) return <p className="muted pane">{withheld("measured") ? t("withheld.value") : t("trace.parameters.none")}</p>;
  return (
    <div className="pane pane-scroll" tabIndex={0} role="region" aria-label={t("trace.parameters.label")}>
      <table className="small-table parameters" aria-label={t("trace.parameters.label")}>
        <thead>
          <tr>
            <th scope="col">{t("trace.parameters.name")}</th>
            <th scope="col" className="end">
              {t("trace.parameters.count")}
            </th>
            <th scope="col" className="end">
              {t("trace.parameters.range")}
            </th>
            <th scope="col" className="end">
              {t("trace.parameters.mean")}
            </th>
            <th scope="col" className="end">
              {t("trace.parameters.limits")}
            </th>
            <th scope="col" className="end">
              {t("trace.parameters.outside")}
            </th>
            <th scope="col">{t("trace.parameters.trend")}</th>
          </tr>
        </thead>
        <tbody>
          {series.map((each) => (
            <tr key={`${each.name} ${each.unit ?? ""}`}>
              <th scope="row">
                {parameterText(names, each.name)} <small className="muted">{unitText(each.unit, t("trace.piece"))}</small>
              </th>
              <td className="end num">{formats.number(each.samples.length)}</td>
              <td className="end num">
                {each.min} – {each.max}
              </td>
              <td className="end num">{formats.number(each.mean, 2)}</td>
              <td className="end num">{limitText(each) ?? <span className="muted">{t("trace.parameters.noLimits")}</span>}</td>
              <td className={each.outside ? "end num outside" : "end num"}>{each.outside ? `▲ ${each.outside}` : "0"}</td>
              <td>
                <Chart series={each} onEvent={onEvent} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
