import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Drawer, Select, Skeleton, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { client, unwrap } from "../../api/client";
import { tailOf } from "../../api/vocabulary";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { ProblemView } from "../ProblemView";
import { type By, inUnit, type QualityRow, WAYS, WHAT, type What } from "./figures";

const OUTCOMES = ["recorded", "warned", "refused"] as const;
const TONE = { recorded: "success", warned: "warning", refused: "error" } as const;

interface Props {
  by: By;
  from: string;
  row: QualityRow;
  onClose: () => void;
}

/** The entries behind a row's figures, down to their events. */
export function EntriesDrawer({ by, from, row, onClose }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const formats = useFormats();
  const [what, setWhat] = useState<What>("all");
  const query = useQuery({
    queryKey: ["quality-entries", by, from, row.key, what],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/capture/quality/entries", { params: { query: { by, from, what, ...(row.key === null ? {} : { key: row.key }) } }, signal })),
    placeholderData: keepPreviousData,
  });
  const name = named(language, row.name_zh, row.name_en, row.key ? tailOf(row.key) : t("quality.unnamed"));
  return (
    <Drawer open onClose={onClose} size={720} title={t("quality.entries", { name })} extra={<Select aria-label={t("quality.what.label")} value={what} onChange={setWhat} options={WHAT.map((value) => ({ value, label: t(`quality.what.${value}`) }))} />}>
      {query.error && <ProblemView error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <Skeleton active />}
      <div className="quality-entries">
        <table className="small-table">
          <thead>
            <tr>
              {(["taken", "delay", "node", "way", "outcome", "event"] as const).map((column) => (
                <th key={column} scope="col">{t(`quality.entry.${column}`)}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {query.data?.rows.map((entry) => {
              const { unit, n } = inUnit(Math.max(0, entry.delay));
              const outcome = OUTCOMES.find((each) => each === entry.outcome) ?? "recorded";
              return (
                <tr key={entry.id}>
                  <td className="num">{formats.dateTime(entry.taken)}</td>
                  <td className={entry.late ? "num tone-warning" : "num"}>{t(`quality.${unit}`, { n: formats.number(n, 1) })}</td>
                  <td className="code">{entry.node}</td>
                  <td>{t(`quality.way.${WAYS.find((way) => way === entry.way) ?? "manual"}`)}</td>
                  <td>
                    <Tag color={TONE[outcome]}>{t(`quality.outcome.${outcome}`)}</Tag>
                    {entry.corrected && <Tag>{t("quality.corrected")}</Tag>}
                  </td>
                  <td className="num">{entry.event !== null && <Link to={`/events?event=${entry.event}`}>{entry.event}</Link>}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </Drawer>
  );
}
