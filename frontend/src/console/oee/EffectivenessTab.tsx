import { useQuery } from "@tanstack/react-query";
import { Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { Effectiveness } from "../../api/floor";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { Empty } from "../../meta/Empty";
import { durationText } from "../floor/duration";
import { Figure } from "../floor/Figure";
import { ProblemView } from "../ProblemView";
import { PageSkeleton } from "../states";
import { Losses } from "./Losses";
import type { Span } from "./OeePage";
import { MachineDrawer } from "./MachineDrawer";

const KINDS = ["machine", "line", "shift", "day"] as const;
type Kind = (typeof KINDS)[number];

function Share({ value }: { value: number | null }) {
  const { t } = useTranslation();
  const { percent } = useFormats();
  if (value === null) return <span className="muted">{t("floor.wip.notRecorded")}</span>;
  return (
    <span className="share">
      <span className="share-track" aria-hidden="true">
        <span style={{ width: `${Math.min(100, value * 100)}%` }} />
      </span>
      <span className="num">{percent(value)}</span>
    </span>
  );
}

function Totals({ total }: { total: Effectiveness }) {
  const { t } = useTranslation();
  const { percent, decimal } = useFormats();
  const none = t("floor.wip.notRecorded");
  const shown = (value: number | null) => (value === null ? none : percent(value));
  const missing = Math.max(0, total.planned - total.recorded);
  return (
    <div className="figures">
      <Figure label={t("floor.oee.index")} value={shown(total.oee)} note={total.oee === null ? t("floor.oee.needs") : t("floor.oee.product")} />
      <Figure label={t("floor.oee.availability")} value={shown(total.availability)} note={t("floor.oee.availabilityHelp")} />
      <Figure label={t("floor.oee.effectiveness")} value={total.effectiveness === null && total.running > 0 ? t("floor.oee.noCycle") : shown(total.effectiveness)} note={t("floor.oee.effectivenessHelp")} />
      <Figure label={t("floor.oee.quality")} value={shown(total.quality)} note={t("floor.oee.made", { good: decimal(total.good), all: decimal(total.produced) })} />
      <Figure label={t("floor.oee.planned")} value={durationText(t, total.planned)} note={t(total.planned_by === "shifts" ? "floor.oee.byShifts" : "floor.oee.byStates")} />
      <Figure label={t("floor.oee.missing")} value={durationText(t, missing)} bad={missing > 0} note={t("floor.oee.missingHelp")} />
    </div>
  );
}

function Rows({ rows, kind, onOpen }: { rows: readonly Effectiveness[]; kind: Kind; onOpen: (row: Effectiveness) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { decimal } = useFormats();
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label={t(`floor.oee.kind.${kind}`)}>
      <table className="small-table oee-table">
        <thead>
          <tr>
            <th scope="col">{t(`floor.oee.kind.${kind}`)}</th>
            <th scope="col">{t("floor.oee.index")}</th>
            <th scope="col">{t("floor.oee.availability")}</th>
            <th scope="col">{t("floor.oee.effectiveness")}</th>
            <th scope="col">{t("floor.oee.quality")}</th>
            <th scope="col" className="end">
              {t("floor.oee.running")}
            </th>
            <th scope="col" className="end">
              {t("floor.oee.goodOf")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">
                <button type="button" className="text-link" onClick={() => onOpen(row)}>
                  {named(language, row.name_zh, row.name_en)}
                </button>
              </th>
              <td>
                <Share value={row.oee} />
              </td>
              <td>
                <Share value={row.availability} />
              </td>
              <td>{row.effectiveness === null && row.running > 0 ? <span className="muted">{t("floor.oee.noCycle")}</span> : <Share value={row.effectiveness} />}</td>
              <td>
                <Share value={row.quality} />
              </td>
              <td className="end num">{row.recorded ? durationText(t, row.running) : "–"}</td>
              <td className="end num">
                {decimal(row.good)} / {decimal(row.produced)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** OEE after ISO 22400-2 by machine, line, shift or day, with the tree of losses. */
export function EffectivenessTab({ span }: { span: Span }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<Kind>("machine");
  const [opened, setOpened] = useState<Effectiveness | null>(null);
  const offset = -new Date().getTimezoneOffset();
  const query = useQuery({
    queryKey: ["oee", "report", span, kind],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/production/oee", { params: { query: { ...span, kind, offset } }, signal })),
    placeholderData: (before) => before,
  });
  if (query.error) return <ProblemView error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <PageSkeleton />;
  const { rows, total } = query.data;
  if (rows.length === 0) return <Empty title={t("floor.oee.emptyTitle")} text={t("floor.oee.emptyText")} />;
  return (
    <>
      <Totals total={total} />
      <div className="oee-grid">
        <section className="panel">
          <Segmented className="oee-kind" aria-label={t("floor.oee.by")} value={kind} options={KINDS.map((value) => ({ value, label: t(`floor.oee.kind.${value}`) }))} onChange={setKind} />
          <Rows rows={rows} kind={kind} onOpen={setOpened} />
        </section>
        <Losses row={opened ?? total} />
      </div>
      <MachineDrawer row={kind === "machine" ? opened : null} span={span} onClose={() => setOpened(null)} />
    </>
  );
}
