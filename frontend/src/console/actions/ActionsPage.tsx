import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Flex, Segmented, Tag, Typography } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { client, unwrap } from "../../api/client";
import type { components } from "../../api/schema";
import { useMay } from "../../api/session";
import "../../i18n/actions";
import { useFormats } from "../../i18n/format";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";
import { ViewMenu } from "../../meta/ViewMenu";
import { PageHead } from "../PageHead";
import { useReportProblem } from "../ProblemView";

type Run = components["schemas"]["ActionRun"];
const TONE = { waiting: "processing", done: "success", failed: "error" } as const;
const STATES = ["all", "waiting", "done", "failed"] as const;
const KINDS = ["print_label", "notify", "webhook", "hold"] as const;

function Said({ run }: { run: Run }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <div>
      {run.said && <div>{run.said}</div>}
      {run.fault && (
        <div className="tone-error">
          {run.fault} <span className="muted">{run.remedy}</span>
        </div>
      )}
      {run.fault && run.due && <small className="muted num">{t("actions.next", { time: formats.dateTime(run.due) })}</small>}
    </div>
  );
}

/** The secret of webhooks, only when it is asked for. */
function Secret() {
  const { t } = useTranslation();
  const report = useReportProblem();
  const [secret, setSecret] = useState<string | null>(null);
  const show = () => unwrap(client.GET("/api/v1/capture/webhook-secret")).then(({ secret: found }) => setSecret(found)).catch(report);
  return (
    <section className="panel" aria-label={t("actions.secret")}>
      <h2>{t("actions.secret")}</h2>
      <p className="muted">{t("actions.secretText")}</p>
      {secret === null ? (
        <Button onClick={() => void show()}>{t("actions.show")}</Button>
      ) : (
        <Typography.Text className="code" copyable>
          {secret}
        </Typography.Text>
      )}
    </section>
  );
}

/** What actions of trace nodes did, and trying again what failed. */
export default function ActionsPage() {
  const { t } = useTranslation();
  const formats = useFormats();
  const may = useMay();
  const report = useReportProblem();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [state, setState] = useState<(typeof STATES)[number]>("all");
  const list = usePagedList<Run>(["actions", state], (cursor, signal) =>
    unwrap(client.GET("/api/v1/capture/actions", { params: { query: { ...(state === "all" ? {} : { state }), ...(cursor ? { cursor } : {}) } }, signal })),
  );
  const retry = async (run: Run) => {
    try {
      await unwrap(client.POST("/api/v1/capture/actions/{action_id}/retry", { params: { path: { action_id: run.id } }, body: {} }));
      void message.success(t("actions.retried"));
      await cache.invalidateQueries({ queryKey: ["actions"] });
    } catch (error) {
      report(error);
    }
  };
  const columns = useMemo(
    (): Column<Run>[] => [
      { key: "kind", title: t("actions.column.kind"), fixed: true, card: "heading", render: (run) => t(`actions.kind.${KINDS.find((kind) => kind === run.kind) ?? "hold"}`) },
      { key: "state", title: t("actions.column.state"), card: "corner", render: (run) => <Tag color={TONE[run.state]}>{t(`actions.state.${run.state}`)}</Tag> },
      { key: "said", title: t("actions.column.said"), render: (run) => <Said run={run} /> },
      { key: "node", title: t("actions.column.node"), render: (run) => <span className="code">{`${run.node} · ${run.version}`}</span> },
      {
        key: "events",
        title: t("actions.column.events"),
        render: (run) => (
          <Flex gap={8} wrap>
            {run.events.map((number) => (
              <Link key={number} to={`/events?event=${number}`}>
                {t("actions.event", { number })}
              </Link>
            ))}
          </Flex>
        ),
      },
      { key: "attempts", title: t("actions.column.attempts"), align: "end", hidden: true, render: (run) => formats.number(run.attempts) },
      { key: "created", title: t("actions.column.created"), render: (run) => <span className="num">{formats.dateTime(run.created)}</span> },
    ],
    [t, formats],
  );
  return (
    <div className="page">
      <PageHead title={t("actions.title")} text={t("actions.text")}>
        <ViewMenu name="actions" columns={columns} onRefresh={list.refresh} refreshing={list.fetching} />
      </PageHead>
      <Segmented aria-label={t("actions.column.state")} className="action-states" value={state} onChange={setState} options={STATES.map((value) => ({ value, label: t(`actions.state.${value}`) }))} />
      <DataTable<Run>
        name="actions"
        label={t("actions.title")}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        empty={<Empty title={t("actions.emptyTitle")} text={t("actions.emptyText")} />}
        {...(may("capture:action:retry") ? { actionsTitle: t("actions.retry"), actions: (run: Run) => (run.fault && run.state !== "done" ? <Button size="small" onClick={() => void retry(run)}>{t("actions.retry")}</Button> : null) } : {})}
      />
      {may("capture:action:retry") && <Secret />}
    </div>
  );
}
