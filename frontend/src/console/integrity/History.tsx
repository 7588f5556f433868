import { Tag } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { LogVerification } from "../../api/contract";
import { useFormats } from "../../i18n/format";
import { DataTable } from "../../meta/DataTable";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";

/** The last verifications: who asked, what was read, how it came out. */
export function History({ newest }: { newest: number }) {
  const { t } = useTranslation();
  const { dateTime, number } = useFormats();
  const list = usePagedList<LogVerification>(["log", "verifications", newest], (_cursor, signal) => unwrap(client.GET("/api/v1/log/verifications", { signal })));
  const columns = useMemo(
    (): Column<LogVerification>[] => [
      { key: "when", title: t("integrity.history.column.when"), fixed: true, card: "heading", render: ({ finished }) => dateTime(finished) },
      { key: "by", title: t("integrity.history.column.by"), render: ({ by }) => by },
      { key: "records", title: t("integrity.history.column.records"), align: "end", render: ({ records }) => number(records) },
      {
        key: "outcome",
        title: t("integrity.history.column.outcome"),
        card: "corner",
        render: ({ sound, finding_count }) =>
          sound ? <Tag color="success">{t("integrity.history.sound")}</Tag> : <Tag color="error">{t("integrity.history.unsound", { count: finding_count })}</Tag>,
      },
    ],
    [t, dateTime, number],
  );
  if (list.rows?.length === 0) return null;
  return (
    <section className="integrity-section" aria-label={t("integrity.history.title")}>
      <h2>{t("integrity.history.title")}</h2>
      <DataTable<LogVerification> name="log-verifications" label={t("integrity.history.list")} columns={columns} list={list} rowKey={({ number: key }) => key} empty={null} />
    </section>
  );
}
