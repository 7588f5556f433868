import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Tag } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { Approval, ApprovalState, Json } from "../../api/contract";
import { useMay, useSession } from "../../api/session";
import { useFormats } from "../../i18n/format";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import { FilterBar } from "../../meta/FilterBar";
import { useFilters } from "../../meta/filters";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";
import { SignDialog } from "../../signing/SignDialog";
import { useReportProblem } from "../ProblemView";

const STATES: readonly ApprovalState[] = ["open", "approved", "rejected", "withdrawn", "used"];
const TONES: Record<ApprovalState, string> = { open: "processing", approved: "success", rejected: "error", withdrawn: "default", used: "default" };
const FILTERS = ["state"] as const;

function titleOf(approval: Approval, language: string): string {
  return language === "en" ? approval.title_en : approval.title_zh;
}

function Decide({ approval, onClose }: { approval: Approval; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const cache = useQueryClient();
  return (
    <SignDialog
      title={t("signing.approvals.dialog")}
      record={{ title: titleOf(approval, i18n.language), content: approval.content as Json }}
      meanings={["approve", "reject"]}
      onClose={onClose}
      onSign={async ({ meaning, ...signed }) => {
        const approve = meaning === "approve";
        await unwrap(client.POST("/api/v1/approvals/{approval_id}/decision", { params: { path: { approval_id: approval.id } }, body: { ...signed, approve } }));
        void message.success(t(approve ? "signing.approvals.approved" : "signing.approvals.rejected"));
        await cache.invalidateQueries({ queryKey: ["approvals"] });
      }}
    >
      <span>{t("signing.approvals.by", { name: approval.asker, note: approval.note || "—" })}</span>
    </SignDialog>
  );
}

/** What was asked for, by whom, and what became of it; what waits can be decided here by somebody else. */
export function ApprovalsList() {
  const { t, i18n } = useTranslation();
  const { dateTime } = useFormats();
  const may = useMay();
  const own = useSession().user.id;
  const cache = useQueryClient();
  const { message } = App.useApp();
  const report = useReportProblem();
  const [deciding, setDeciding] = useState<Approval | null>(null);
  const filters = useFilters(FILTERS);
  const state = STATES.find((each) => each === filters.values.state);
  const list = usePagedList<Approval>(["approvals", state ?? ""], (cursor, signal) =>
    unwrap(client.GET("/api/v1/approvals", { params: { query: { ...(state ? { state } : {}), ...(cursor ? { cursor: Number(cursor) } : {}) } }, signal })),
  );
  const decides = may("compliance:approval:decide") && may("compliance:signature:write");
  const columns = useMemo((): Column<Approval>[] => {
    const withdraw = async (approval: Approval) => {
      try {
        await unwrap(client.DELETE("/api/v1/approvals/{approval_id}", { params: { path: { approval_id: approval.id } } }));
        void message.success(t("signing.approvals.withdrawn"));
        await cache.invalidateQueries({ queryKey: ["approvals"] });
      } catch (error) {
        report(error);
      }
    };
    const action = (approval: Approval) => {
      if (approval.asker_id === own && (approval.state === "open" || approval.state === "approved"))
        return (
          <Button size="small" onClick={() => void withdraw(approval)}>
            {t("signing.approvals.withdraw")}
          </Button>
        );
      if (approval.state === "open" && decides)
        return (
          <Button size="small" type="primary" onClick={() => setDeciding(approval)}>
            {t("signing.approvals.decide")}
          </Button>
        );
      return approval.decider && t("signing.approvals.by", { name: approval.decider, note: approval.decision_note || "—" });
    };
    return [
      { key: "asked", title: t("signing.approvals.column.asked"), fixed: true, card: "corner", render: ({ asked }) => dateTime(asked) },
      { key: "what", title: t("signing.approvals.column.what"), card: "heading", render: (row) => titleOf(row, i18n.language) },
      { key: "asker", title: t("signing.approvals.column.asker"), render: ({ asker }) => asker },
      { key: "note", title: t("signing.approvals.column.note"), render: ({ note }) => note },
      { key: "state", title: t("signing.approvals.column.state"), render: (row) => <Tag color={TONES[row.state]}>{t(`signing.approvals.state.${row.state}`)}</Tag> },
      { key: "decided", title: t("signing.approvals.column.decided"), render: action },
    ];
  }, [t, i18n.language, dateTime, own, decides, cache, message, report]);
  const choices = STATES.map((value) => ({ value, label: t(`signing.approvals.state.${value}`) }));
  return (
    <>
      <FilterBar fields={[{ kind: "choice", name: "state", label: t("signing.approvals.filter"), choices }]} filters={filters} />
      <DataTable<Approval>
        name="approvals"
        label={t("signing.approvals.list")}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        empty={<Empty title={t("signing.approvals.none")} text={t("signing.approvals.noneText")} />}
      />
      {deciding && <Decide approval={deciding} onClose={() => setDeciding(null)} />}
    </>
  );
}
