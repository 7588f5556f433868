import { App, Button, Flex, Tag } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { RetentionRule } from "../../api/contract";
import { useMay } from "../../api/session";
import { useFormats } from "../../i18n/format";
import { named, useLanguage } from "../../i18n/language";
import { DataTable } from "../../meta/DataTable";
import { FormDrawer } from "../../meta/FormDrawer";
import type { FormField } from "../../meta/form";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";
import { useReportProblem } from "../ProblemView";

const LONGEST_DAYS = 36_500;

function useRuleColumns(): Column<RetentionRule>[] {
  const { t } = useTranslation();
  const language = useLanguage();
  const { number } = useFormats();
  return useMemo(
    () => [
      { key: "kind", title: t("retention.rules.column.kind"), fixed: true, card: "heading", render: ({ title_zh, title_en, kind }) => named(language, title_zh, title_en, kind) },
      {
        key: "state",
        title: t("retention.rules.column.state"),
        card: "corner",
        render: ({ days, in_force }) =>
          days === null ? <Tag>{t("retention.rules.none")}</Tag> : in_force ? <Tag color="success">{t("retention.rules.inForce")}</Tag> : <Tag color="warning">{t("retention.rules.proposed")}</Tag>,
      },
      { key: "days", title: t("retention.rules.column.days"), render: ({ days }) => (days === null ? t("retention.rules.forever") : t("retention.rules.days", { days: number(days) })) },
      { key: "reason", title: t("retention.rules.column.reason"), render: ({ reason }) => reason },
      { key: "records", title: t("retention.rules.column.records"), align: "end", render: ({ records }) => number(records) },
      { key: "due", title: t("retention.rules.column.due"), align: "end", render: ({ due }) => number(due) },
      { key: "held", title: t("retention.rules.column.held"), align: "end", render: ({ held }) => number(held) },
      { key: "goes", title: t("retention.rules.column.goes"), align: "end", render: ({ due, held }) => number(due - held) },
    ],
    [t, language, number],
  );
}

/** Each kind of record: how long it is kept, and what that would remove now. */
export function Rules() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { number } = useFormats();
  const { modal, message } = App.useApp();
  const report = useReportProblem();
  const writes = useMay()("compliance:retention:write");
  const [editing, setEditing] = useState<RetentionRule | null>(null);
  const list = usePagedList<RetentionRule>(["retention", "rules"], (_cursor, signal) => unwrap(client.GET("/api/v1/retention/rules", { signal })));
  const columns = useRuleColumns();
  const force = async (rule: RetentionRule, in_force: boolean) => {
    try {
      await unwrap(client.POST("/api/v1/retention/rules/{kind}/force", { params: { path: { kind: rule.kind } }, body: { in_force } }));
      void message.success(t(in_force ? "retention.rules.started" : "retention.rules.stopped"));
    } catch (error) {
      report(error);
    }
    list.refresh();
  };
  const start = (rule: RetentionRule) =>
    modal.confirm({
      title: t("retention.rules.startTitle"),
      content: t("retention.rules.startText", { count: number(rule.due - rule.held) as never }),
      okText: t("retention.rules.start"),
      cancelText: t("list.cancel"),
      onOk: () => force(rule, true),
    });
  const fields: FormField[] = [
    {
      kind: "number",
      name: "days",
      label: t("retention.rules.days_field"),
      help: t("retention.rules.least", { days: number(editing?.least_days ?? 1) }),
      least: editing?.least_days ?? 1,
      most: LONGEST_DAYS,
      required: true,
    },
    { kind: "text", name: "reason", label: t("retention.rules.reason_field"), help: t("retention.rules.reasonHelp"), required: true, max: 500 },
  ];
  return (
    <>
      <p className="muted">{t("retention.events")}</p>
      <DataTable<RetentionRule>
        name="retention-rules"
        label={t("retention.rules.list")}
        columns={columns}
        list={list}
        rowKey={({ kind }) => kind}
        empty={null}
        {...(writes && {
          actions: (rule: RetentionRule) => (
            <Flex gap={8} justify="end">
              <Button size="small" onClick={() => setEditing(rule)}>
                {t("retention.rules.edit")}
              </Button>
              {rule.days !== null && (
                <Button size="small" onClick={() => (rule.in_force ? void force(rule, false) : start(rule))}>
                  {t(rule.in_force ? "retention.rules.stop" : "retention.rules.start")}
                </Button>
              )}
            </Flex>
          ),
        })}
      />
      <FormDrawer
        open={editing !== null}
        title={editing ? named(language, editing.title_zh, editing.title_en, editing.kind) : ""}
        fields={fields}
        initial={{ days: editing?.days ?? editing?.least_days ?? 1, reason: editing?.reason ?? "" }}
        onSubmit={async (values) => {
          await unwrap(client.PUT("/api/v1/retention/rules/{kind}", { params: { path: { kind: editing?.kind ?? "" } }, body: values }));
          list.refresh();
        }}
        onClose={() => setEditing(null)}
      />
    </>
  );
}
