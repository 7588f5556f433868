import { DownloadOutlined, SettingOutlined } from "@ant-design/icons";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Button, Segmented, Select, Skeleton } from "antd";
import { lazy, Suspense, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { client, download, unwrap } from "../../api/client";
import { useMay, useWithheld } from "../../api/session";
import { usePalette } from "../../charts/palette";
import { useFormats } from "../../i18n/format";
import "../../i18n/quality";
import { Empty } from "../../meta/Empty";
import { PageHead } from "../PageHead";
import { ProblemView, useReportProblem } from "../ProblemView";
import { EntriesDrawer } from "./EntriesDrawer";
import { BY, type By, figures, PERIODS, type Quality, type QualityRow } from "./figures";
import "./quality.css";
import { Ranking } from "./Ranking";
import { TargetsForm } from "./TargetsForm";

const Chart = lazy(() => import("../../charts/Chart"));
const DAY_MS = 86_400_000;

function Figures({ quality }: { quality: Quality }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  return (
    <ul className="quality-figures" aria-label={t("quality.figures")}>
      {figures(quality.total, quality.targets).map((figure) => {
        const unit = figure.name === "points" ? "" : t("quality.percent");
        return (
          <li key={figure.name} className={figure.met ? "panel met" : "panel missed"}>
            <span>{t(`quality.${figure.name}`)}</span>
            <strong className="num">{`${number(figure.value, 1)}${unit}`}</strong>
            <small>
              {`${t(figure.atLeast ? "quality.atLeast" : "quality.atMost", { value: figure.target, unit })} · ${t(figure.met ? "quality.met" : "quality.missed")}`}
            </small>
          </li>
        );
      })}
    </ul>
  );
}

function Months({ quality }: { quality: Quality }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const palette = usePalette();
  const { months, targets } = quality;
  const option = useMemo(() => {
    const axis = { axisLabel: { color: palette.text }, axisLine: { lineStyle: { color: palette.line } }, splitLine: { lineStyle: { color: palette.line } } };
    const target = { silent: true, symbol: "none", label: { show: false }, lineStyle: { color: palette.second, type: "dashed" }, data: [{ yAxis: targets.points }] };
    return {
      animation: false,
      textStyle: { fontFamily: palette.font },
      grid: { left: 4, right: 8, top: 12, bottom: 4, containLabel: true },
      tooltip: { trigger: "axis", renderMode: "richText", backgroundColor: palette.ground, borderColor: palette.line, textStyle: { color: palette.strong } },
      xAxis: { type: "category", data: months.map(({ month }) => month), ...axis },
      yAxis: { type: "value", min: 0, max: 100, ...axis },
      series: [{ type: "bar", name: t("quality.points"), data: months.map(({ points }) => points), itemStyle: { color: palette.first, borderRadius: [4, 4, 0, 0] }, barMaxWidth: 36, markLine: target }],
    };
  }, [months, targets.points, palette.first, palette.second, palette.text, palette.line, palette.ground, palette.strong, palette.font, t]);
  return (
    <section className="panel quality-months" aria-label={t("quality.months")}>
      <h2>{t("quality.months")}</h2>
      <Suspense fallback={<Skeleton active />}>
        <Chart option={option} label={t("quality.months")} />
      </Suspense>
      <details className="twin">
        <summary>{t("quality.monthsTable")}</summary>
        <table className="small-table">
          <thead>
            <tr>
              <th scope="col">{t("quality.month")}</th>
              <th scope="col" className="end">{t("quality.points")}</th>
              <th scope="col" className="end">{t("quality.column.entries")}</th>
            </tr>
          </thead>
          <tbody>
            {months.map(({ month, points, entries }) => (
              <tr key={month}>
                <th scope="row">{month}</th>
                <td className="end num">{points}</td>
                <td className="end num">{number(entries)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
      <p className="muted">{t("quality.pointsHow")}</p>
    </section>
  );
}

/** How data come in: against targets, by month, and ranked, down to the entries. */
export default function QualityPage() {
  const { t } = useTranslation();
  const may = useMay();
  const report = useReportProblem();
  const withheld = useWithheld();
  const [by, setBy] = useState<By>(withheld("people") ? "team" : "person");
  const [days, setDays] = useState<(typeof PERIODS)[number]>(7);
  const [now] = useState(Date.now);
  const [opened, setOpened] = useState<QualityRow | null>(null);
  const [setting, setSetting] = useState(false);
  const from = useMemo(() => new Date(now - days * DAY_MS).toISOString(), [days, now]);
  const query = useQuery({
    queryKey: ["entry-quality", by, from],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/capture/quality", { params: { query: { by, from } }, signal })),
    placeholderData: keepPreviousData,
  });
  const found = query.data;
  const save = () => download(`/api/v1/capture/quality/export?${new URLSearchParams({ by, from }).toString()}`, "entry-quality.xlsx").catch(report);
  return (
    <div className="page">
      <PageHead title={t("quality.title")} text={t("quality.text")}>
        {may("capture:quality:write") && (
          <Button icon={<SettingOutlined />} onClick={() => setSetting(true)}>
            {t("quality.targets")}
          </Button>
        )}
        <Button icon={<DownloadOutlined />} onClick={() => void save()}>
          {t("quality.export")}
        </Button>
      </PageHead>
      <div className="quality-controls">
        <Segmented<By> aria-label={t("quality.by.label")} value={by} onChange={setBy} options={BY.filter((value) => value !== "person" || !withheld("people")).map((value) => ({ value, label: t(`quality.by.${value}`) }))} />
        <Select aria-label={t("quality.period.label")} value={days} onChange={setDays} options={PERIODS.map((value) => ({ value, label: t(`quality.period.d${value}`) }))} />
      </div>
      {query.error && <ProblemView error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton active />}
      {found && found.rows.length === 0 && <Empty title={t("quality.emptyTitle")} text={t("quality.emptyText")} />}
      {found && found.rows.length > 0 && (
        <>
          <Figures quality={found} />
          <Ranking quality={found} onOpen={setOpened} />
        </>
      )}
      {found && found.months.length > 0 && <Months quality={found} />}
      {opened && <EntriesDrawer by={by} from={from} row={opened} onClose={() => setOpened(null)} />}
      {setting && found && <TargetsForm targets={found.targets} onClose={() => setSetting(false)} />}
    </div>
  );
}
