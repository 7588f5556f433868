import { Drawer, Flex, Tag } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { AuditRow } from "../../api/contract";
import { useWithheld } from "../../api/session";
import { useFormats } from "../../i18n/format";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import { FilterBar, type FilterField } from "../../meta/FilterBar";
import { useFilters } from "../../meta/filters";
import { NameButton } from "../../meta/NameButton";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";
import { ViewMenu } from "../../meta/ViewMenu";
import { PageHead } from "../PageHead";
import { AuditActions } from "./AuditActions";
import { actionText, actionTone, tableText, viaText } from "./auditText";
import { changesOf, valueText } from "./diff";
import { Reviews } from "./Reviews";

const FILTERS = ["from", "to", "table", "actor", "action"] as const;
const ACTIONS = ["insert", "update", "delete"] as const;
const TABLES = ["tenancy_user", "tenancy_role", "tenancy_grant", "tenancy_token", "tenancy_site", "portal_public_product", "trace_master", "compliance_place", "compliance_log_key", "compliance_review"] as const;

function useAuditColumns(onOpen: (row: AuditRow) => void): Column<AuditRow>[] {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  return useMemo(
    (): Column<AuditRow>[] => [
      {
        key: "time",
        title: t("audit.column.time"),
        fixed: true,
        card: "corner",
        render: (row) => <NameButton name={dateTime(row.time)} onOpen={() => onOpen(row)} />,
      },
      { key: "actor", title: t("audit.column.actor"), render: ({ actor }) => actor },
      { key: "action", title: t("audit.column.action"), card: "heading", render: ({ action }) => <Tag color={actionTone(action)}>{actionText(t, action)}</Tag> },
      { key: "table", title: t("audit.column.table"), card: "heading", render: ({ table }) => tableText(t, table) },
      { key: "key", title: t("audit.column.key"), render: ({ record }) => <span className="code">{record}</span> },
      {
        key: "changed",
        title: t("audit.column.changed"),
        render: (row) => (
          <span className="code muted ellipsis">
            {changesOf(row)
              .map(({ field }) => field)
              .join(", ")}
          </span>
        ),
      },
      { key: "via", title: t("audit.column.via"), render: ({ via }) => viaText(t, via) },
      { key: "reason", title: t("audit.column.reason"), hidden: true, card: "none", render: ({ reason }) => reason },
    ],
    [t, dateTime, onOpen],
  );
}

function actionIn(value: string | undefined): (typeof ACTIONS)[number] | null {
  return ACTIONS.find((action) => action === value) ?? null;
}

function Diff({ row }: { row: AuditRow }) {
  const { t } = useTranslation();
  const changes = changesOf(row);
  if (changes.length === 0) return <p className="muted">{t("audit.drawer.unchanged")}</p>;
  return (
    <table className="small-table diff">
      <thead>
        <tr>
          <th scope="col">{t("audit.drawer.field")}</th>
          <th scope="col">{t("audit.drawer.before")}</th>
          <th scope="col">{t("audit.drawer.after")}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, before, after }) => (
          <tr key={field}>
            <th scope="row" className="code">
              {field}
            </th>
            <td className="code">{before !== undefined && <del>{valueText(before)}</del>}</td>
            <td className="code">{after !== undefined && <ins>{valueText(after)}</ins>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function AuditDrawer({ row, onClose }: { row: AuditRow | null; onClose: () => void }) {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  return (
    <Drawer
      open={row !== null}
      onClose={onClose}
      size={640}
      title={row && t("audit.drawer.title", { action: actionText(t, row.action), table: tableText(t, row.table), key: row.record })}
    >
      {row && (
        <Flex vertical gap={16}>
          <span>
            {[dateTime(row.time), row.actor, viaText(t, row.via), row.reason].filter(Boolean).join(" · ")}
          </span>
          <Diff row={row} />
          {typeof row.position === "number" && <span className="muted">{t("audit.drawer.sealed", { position: row.position })}</span>}
          {row.request_id && (
            <span className="muted">
              {t("audit.drawer.request")} <span className="code">{row.request_id}</span>
            </span>
          )}
        </Flex>
      )}
    </Drawer>
  );
}

export default function AuditPage() {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<AuditRow | null>(null);
  const withheld = useWithheld();
  const filters = useFilters(FILTERS);
  const columns = useAuditColumns(setOpened);
  const list = usePagedList<AuditRow>(["audit", filters.values], (cursor, signal) =>
    unwrap(client.GET("/api/v1/audit", { params: { query: { ...filters.values, action: actionIn(filters.values.action), ...(cursor ? { cursor: Number(cursor) } : {}) } }, signal })),
  );
  const fields: FilterField[] = [
    { kind: "range", label: t("audit.filter.time") },
    { kind: "choice", name: "table", label: t("audit.filter.table"), choices: TABLES.map((value) => ({ value, label: tableText(t, value) })) },
    { kind: "choice", name: "action", label: t("audit.column.action"), choices: ACTIONS.map((value) => ({ value, label: actionText(t, value) })) },
    ...(withheld("people") ? [] : [{ kind: "text" as const, name: "actor", label: t("audit.filter.actor") }]),
  ];
  return (
    <div className="page">
      <PageHead title={t("audit.title")} text={t("audit.text")}>
        <AuditActions values={filters.values} />
        <ViewMenu name="audit" columns={columns} onRefresh={list.refresh} refreshing={list.fetching} />
      </PageHead>
      <FilterBar fields={fields} filters={filters} />
      <DataTable<AuditRow>
        name="audit"
        label={t("audit.list")}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        onOpen={setOpened}
        empty={
          filters.active ? (
            <Empty title={t("list.noneFound")} text={t("list.noneFoundHelp")} />
          ) : (
            <Empty title={t("audit.emptyTitle")} text={t("audit.emptyText")} />
          )
        }
      />
      <Reviews />
      <AuditDrawer row={opened} onClose={() => setOpened(null)} />
    </div>
  );
}
