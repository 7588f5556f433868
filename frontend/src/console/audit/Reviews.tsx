import { Tag } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { AuditReview } from "../../api/contract";
import { useFormats } from "../../i18n/format";
import { DataTable } from "../../meta/DataTable";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";
import { SignButton } from "../../signing/Signatures";

/** Who looked through the trail, what part of it, and what came of it. */
export function Reviews() {
  const { t } = useTranslation();
  const { dateTime, number } = useFormats();
  const list = usePagedList<AuditReview>(["audit", "reviews"], (cursor, signal) =>
    unwrap(client.GET("/api/v1/audit/reviews", { params: { query: { limit: 10, ...(cursor ? { cursor: Number(cursor) } : {}) } }, signal })),
  );
  const columns = useMemo(
    (): Column<AuditReview>[] => [
      { key: "at", title: t("audit.review.column.at"), fixed: true, card: "corner", render: ({ at }) => dateTime(at) },
      { key: "reviewer", title: t("audit.review.column.reviewer"), card: "heading", render: ({ reviewer }) => reviewer },
      {
        key: "outcome",
        title: t("audit.review.column.outcome"),
        render: ({ outcome }) => (
          <Tag color={outcome === "in_order" ? "success" : "warning"}>{t(outcome === "in_order" ? "audit.review.outcomes.in_order" : "audit.review.outcomes.follow_up")}</Tag>
        ),
      },
      { key: "entries", title: t("audit.review.column.entries"), align: "end", render: ({ entries }) => number(entries) },
      { key: "upto", title: t("audit.review.column.upto"), render: ({ last_entry }) => `#${number(last_entry)}` },
      { key: "note", title: t("audit.review.column.note"), render: ({ note }) => note },
      { key: "sign", title: t("signing.sign"), render: ({ id }) => <SignButton kind="audit_review" subject={String(id)} /> },
    ],
    [t, dateTime, number],
  );
  if (!list.rows?.length) return null;
  return (
    <section aria-label={t("audit.review.list")}>
      <h2>{t("audit.review.list")}</h2>
      <DataTable<AuditReview> name="audit-reviews" label={t("audit.review.list")} columns={columns} list={list} rowKey={({ id }) => id} empty={null} />
    </section>
  );
}
