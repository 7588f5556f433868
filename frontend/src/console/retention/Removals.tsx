import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { Removal } from "../../api/contract";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";

/** What rules removed, when, and where it was written before. */
export function Removals() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { dateTime, number } = useFormats();
  const list = usePagedList<Removal>(["retention", "removals"], (cursor, signal) =>
    unwrap(client.GET("/api/v1/retention/removals", { params: { query: cursor ? { cursor: Number(cursor) } : {} }, signal })),
  );
  const columns = useMemo(
    (): Column<Removal>[] => [
      { key: "at", title: t("retention.removals.column.at"), fixed: true, card: "heading", render: ({ at }) => <span className="num">{dateTime(at)}</span> },
      { key: "kind", title: t("retention.removals.column.kind"), render: ({ title_zh, title_en, kind }) => named(language, title_zh, title_en, kind) },
      { key: "records", title: t("retention.removals.column.records"), align: "end", card: "corner", render: ({ records }) => number(records) },
      { key: "before", title: t("retention.removals.column.before"), render: ({ before }) => <span className="num">{dateTime(before)}</span> },
      { key: "reason", title: t("retention.removals.column.reason"), render: ({ reason }) => reason },
      { key: "file", title: t("retention.removals.column.file"), render: ({ file, sha256 }) => <span className="code" title={`SHA-256 ${sha256}`}>{file}</span> },
      { key: "sealed", title: t("retention.removals.column.sealed"), align: "end", render: ({ position }) => (position === null ? t("retention.removals.waiting") : `#${number(position)}`) },
    ],
    [t, language, dateTime, number],
  );
  return (
    <DataTable<Removal>
      name="removals"
      label={t("retention.removals.list")}
      columns={columns}
      list={list}
      rowKey={({ id }) => id}
      empty={<Empty title={t("retention.removals.empty")} text={t("retention.removals.emptyText")} />}
    />
  );
}
