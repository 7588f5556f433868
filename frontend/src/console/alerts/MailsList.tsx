import { App, Button, Tag } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { MailRow } from "../../api/contract";
import { useMay } from "../../api/session";
import { useFormats } from "../../i18n/format";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";
import { useReportProblem } from "../ProblemView";

const TONE = { waiting: "processing", sent: "success", failed: "error" } as const;

/** Mail that waits, was sent or could not be; what failed is sent again at once. */
export function MailsList() {
  const { t } = useTranslation();
  const { dateTime, number } = useFormats();
  const { message } = App.useApp();
  const report = useReportProblem();
  const writes = useMay()("tenancy:policy:write");
  const list = usePagedList<MailRow>(["mails"], (cursor, signal) =>
    unwrap(client.GET("/api/v1/security/mails", { params: { query: cursor ? { cursor: Number(cursor) } : {} }, signal })),
  );
  const columns = useMemo(
    (): Column<MailRow>[] => [
      { key: "created", title: t("alerts.mails.column.created"), fixed: true, card: "corner", render: ({ created }) => <span className="num">{dateTime(created)}</span> },
      { key: "subject", title: t("alerts.mails.column.subject"), card: "heading", render: ({ subject }) => subject },
      { key: "to", title: t("alerts.mails.column.to"), render: ({ name, address }) => [name, address].filter(Boolean).join(" · ") },
      { key: "state", title: t("alerts.mails.column.state"), render: ({ state }) => <Tag color={TONE[state]}>{t(`alerts.mails.state.${state}`)}</Tag> },
      { key: "attempts", title: t("alerts.mails.column.attempts"), align: "end", render: ({ attempts }) => number(attempts) },
      {
        key: "said",
        title: t("alerts.mails.column.said"),
        render: ({ said, due, attempts }) => [said, due && attempts > 0 ? t("alerts.mails.due", { when: dateTime(due) }) : ""].filter(Boolean).join(" · "),
      },
    ],
    [t, dateTime, number],
  );
  const retry = async (row: MailRow) => {
    try {
      await unwrap(client.POST("/api/v1/security/mails/{mail_id}/retry", { params: { path: { mail_id: row.id } } }));
      void message.success(t("alerts.mails.retried"));
    } catch (error) {
      report(error);
    }
    list.refresh();
  };
  return (
    <DataTable<MailRow>
      name="mails"
      label={t("alerts.mails.list")}
      columns={columns}
      list={list}
      rowKey={({ id }) => id}
      empty={<Empty title={t("alerts.mails.empty")} text={t("alerts.mails.emptyText")} />}
      {...(writes && {
        actions: (row: MailRow) =>
          row.state !== "sent" && (
            <Button size="small" onClick={() => void retry(row)}>
              {t("alerts.mails.retry")}
            </Button>
          ),
      })}
    />
  );
}
