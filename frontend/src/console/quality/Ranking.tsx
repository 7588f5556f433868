import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { DataTable } from "../../meta/DataTable";
import { NameButton } from "../../meta/NameButton";
import type { Column } from "../../meta/table";
import type { PagedList } from "../../meta/usePagedList";
import { tailOf } from "../../api/vocabulary";
import { automaticShare, inUnit, type Quality, type QualityRow, share, WAYS } from "./figures";

function useNameOf(): (row: QualityRow) => string {
  const { t } = useTranslation();
  const language = useLanguage();
  return (row) => named(language, row.name_zh, row.name_en, row.key ? tailOf(row.key) : t("quality.unnamed"));
}

/** By which ways entries came, as one bar with its shares in words. */
function Ways({ row }: { row: QualityRow }) {
  const { t } = useTranslation();
  const { percent } = useFormats();
  const shown = WAYS.filter((way) => (row.ways[way] ?? 0) > 0);
  const words = shown.map((way) => `${t(`quality.way.${way}`)} ${percent(share(row.ways[way] ?? 0, row), 0)}`).join("、");
  return (
    <span className="quality-ways" title={words}>
      <span className="quality-bar" aria-hidden>
        {shown.map((way) => (
          <i key={way} className={`way-${way}`} style={{ width: `${share(row.ways[way] ?? 0, row) * 100}%` }} />
        ))}
      </span>
      <small className="muted">{words}</small>
    </span>
  );
}

/** People, nodes … by points, best first. */
export function Ranking({ quality, onOpen }: { quality: Quality; onOpen: (row: QualityRow) => void }) {
  const { t } = useTranslation();
  const { number, percent } = useFormats();
  const nameOf = useNameOf();
  const rows = useMemo(() => [...quality.rows].sort((one, other) => other.points - one.points || other.entries - one.entries), [quality.rows]);
  const columns = useMemo((): Column<QualityRow>[] => {
    const delay = (seconds: number) => {
      const { unit, n } = inUnit(seconds);
      return t(`quality.${unit}`, { n: number(n, 1) });
    };
    const count = (key: "late" | "bursts" | "corrections" | "refused" | "overridden"): Column<QualityRow> => ({ key, title: t(`quality.column.${key}`), align: "end", render: (row) => number(row[key]) });
    return [
      { key: "rank", title: t("quality.column.rank"), align: "end", card: "none", render: (row) => rows.indexOf(row) + 1 },
      { key: "name", title: t("quality.column.name"), fixed: true, card: "heading", render: (row) => <NameButton name={nameOf(row)} onOpen={() => onOpen(row)} /> },
      { key: "points", title: t("quality.column.points"), align: "end", card: "corner", render: (row) => <strong className={row.points >= quality.targets.points ? "num tone-success" : "num tone-error"}>{row.points}</strong> },
      { key: "entries", title: t("quality.column.entries"), align: "end", render: (row) => number(row.entries) },
      { key: "automatic", title: t("quality.column.automatic"), align: "end", render: (row) => percent(automaticShare(row), 0) },
      { key: "ways", title: t("quality.column.ways"), render: (row) => <Ways row={row} /> },
      { key: "delay", title: t("quality.column.delay"), align: "end", render: (row) => `${delay(row.delay_median)} / ${delay(row.delay_p95)}` },
      count("late"),
      count("bursts"),
      count("corrections"),
      count("refused"),
      { ...count("overridden"), hidden: true },
    ];
  }, [rows, quality.targets.points, nameOf, number, onOpen, percent, t]);
  const list: PagedList<QualityRow> = { rows, total: rows.length, error: null, stale: false, fetching: false, page: 1, previous: null, next: null, refresh: () => undefined };
  return (
    <>
      <div className="section-head">
        <h2>{t("quality.ranking")}</h2>
      </div>
      <DataTable<QualityRow> name="entry-quality" label={t("quality.ranking")} columns={columns} list={list} rowKey={(row) => row.key ?? ""} onOpen={onOpen} empty={null} />
    </>
  );
}
