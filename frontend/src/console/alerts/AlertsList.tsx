import { useQueryClient } from "@tanstack/react-query";
import { Button, Tag } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { client, unwrap } from "../../api/client";
import type { SecurityAlert } from "../../api/contract";
import { useMay } from "../../api/session";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import { FilterBar, type FilterField } from "../../meta/FilterBar";
import { useFilters } from "../../meta/filters";
import { FormDrawer } from "../../meta/FormDrawer";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";
import "./alerts.css";

export const ALERT_TONE = { critical: "error", warning: "warning", notice: "default" } as const;
const FILTERS = ["topic", "handled"] as const;
const TOPICS = ["integrity", "access", "sign_in", "rules", "operation"] as const;

function useAlertColumns(): Column<SecurityAlert>[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const { dateTime } = useFormats();
  return useMemo(
    () => [
      { key: "at", title: t("alerts.column.at"), fixed: true, card: "corner", render: ({ at }) => <span className="num">{dateTime(at)}</span> },
      {
        key: "what",
        title: t("alerts.column.what"),
        card: "heading",
        render: ({ level, title_zh, title_en }) => (
          <span className="tags">
            <Tag color={ALERT_TONE[level]}>{t(`alerts.level.${level}`)}</Tag>
            {named(language, title_zh, title_en)}
          </span>
        ),
      },
      {
        key: "text",
        title: t("alerts.column.text"),
        render: ({ text, advice, link, handled }) => (
          <div className="alert-text">
            <p>{text}</p>
            {!handled && (
              <p className="muted">
                {advice} {link !== "/alerts" && <Link to={link}>{t("alerts.look")}</Link>}
              </p>
            )}
          </div>
        ),
      },
      {
        key: "state",
        title: t("alerts.column.state"),
        render: ({ handled, handled_by, note }) =>
          handled ? (
            <div className="alert-text">
              <p>{note}</p>
              <p className="muted">{t("alerts.handledBy", { name: handled_by ?? "", when: dateTime(handled) })}</p>
            </div>
          ) : (
            <Tag color="processing">{t("alerts.open")}</Tag>
          ),
      },
    ],
    [t, language, dateTime],
  );
}

/** Alerts, newest first; whoever looks into one says what was found. */
export function AlertsList() {
  const { t } = useTranslation();
  const handles = useMay()("compliance:alert:handle");
  const cache = useQueryClient();
  const filters = useFilters(FILTERS);
  const [handling, setHandling] = useState<SecurityAlert | null>(null);
  const list = usePagedList<SecurityAlert>(["alerts", filters.values], (cursor, signal) => {
    const topic = TOPICS.find((each) => each === filters.values.topic);
    const query = { ...(topic ? { topic } : {}), ...(filters.values.handled ? { handled: filters.values.handled === "true" } : {}), ...(cursor ? { cursor: Number(cursor) } : {}) };
    return unwrap(client.GET("/api/v1/security/alerts", { params: { query }, signal }));
  });
  const columns = useAlertColumns();
  const fields: FilterField[] = [
    { kind: "choice", name: "topic", label: t("alerts.filter.topic"), choices: TOPICS.map((value) => ({ value, label: t(`alerts.topic.${value}`) })) },
    { kind: "choice", name: "handled", label: t("alerts.filter.handled"), choices: [{ value: "false", label: t("alerts.filter.open") }, { value: "true", label: t("alerts.filter.done") }] },
  ];
  return (
    <>
      <FilterBar fields={fields} filters={filters} />
      <DataTable<SecurityAlert>
        name="security-alerts"
        label={t("alerts.list")}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        empty={filters.active ? <Empty title={t("alerts.noneOpen")} text={t("list.noneFoundHelp")} /> : <Empty title={t("alerts.empty")} text={t("alerts.emptyText")} />}
        {...(handles && {
          actions: (alert: SecurityAlert) =>
            !alert.handled && (
              <Button size="small" onClick={() => setHandling(alert)}>
                {t("alerts.handle")}
              </Button>
            ),
        })}
      />
      <FormDrawer
        open={handling !== null}
        title={t("alerts.handleTitle")}
        fields={[{ kind: "text", name: "note", label: t("alerts.note"), help: t("alerts.noteHelp"), required: true, max: 2000 }]}
        initial={{ note: "" }}
        submitLabel={t("alerts.handle")}
        onSubmit={async (values) => {
          await unwrap(client.POST("/api/v1/security/alerts/{alert_id}/handle", { params: { path: { alert_id: handling?.id ?? 0 } }, body: values }));
          await cache.invalidateQueries({ queryKey: ["alerts"] });
        }}
        onClose={() => setHandling(null)}
      />
    </>
  );
}
