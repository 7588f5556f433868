import { CheckCircleFilled, FunnelPlotFilled } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";

import type { Board } from "../../api/floor";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { durationText } from "../floor/duration";

/** The operation that holds the others up, and why it is said to be that one. */
export function Bottleneck({ board, onOpen }: { board: Board; onOpen: (operation: string) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { number, percent } = useFormats();
  const row = board.rows.find(({ operation, ahead }) => operation === board.bottleneck && ahead);
  const evidence = row?.evidence;
  if (!row || !evidence) {
    return (
      <section className="panel bottleneck bottleneck-none" aria-label={t("floor.wip.bottleneck")}>
        <CheckCircleFilled aria-hidden /> {t("floor.wip.noBottleneck")}
      </section>
    );
  }
  const facts = [
    [t("floor.wip.queue"), number(evidence.queue)],
    [t("floor.wip.growth"), t("floor.wip.perHour", { value: `${evidence.growth > 0 ? "+" : ""}${number(evidence.growth, 1)}` })],
    [t("floor.wip.pace"), t("floor.wip.perHour", { value: number(evidence.pace, 1) })],
    [t("floor.wip.clearing"), evidence.clearing_seconds === null ? t("floor.wip.never") : durationText(t, evidence.clearing_seconds)],
    [t("floor.wip.waitedBefore"), durationText(t, evidence.waited_median_seconds)],
    [t("floor.wip.utilisation"), evidence.utilisation === null ? t("floor.wip.notRecorded") : percent(evidence.utilisation, 0)],
  ];
  return (
    <section className="panel bottleneck" aria-label={t("floor.wip.bottleneck")}>
      <p className="bottleneck-name">
        <FunnelPlotFilled aria-hidden />
        <span>
          <small>{t("floor.wip.bottleneck")}</small>
          <Button type="link" onClick={() => onOpen(row.operation)}>
            {named(language, row.name_zh, row.name_en)}
          </Button>
        </span>
      </p>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="num">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
