import { PlusOutlined } from "@ant-design/icons";
import { Button, Flex, Tag } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { LegalHold } from "../../api/contract";
import { useMay } from "../../api/session";
import { useFormats } from "../../i18n/format";
import { DataTable } from "../../meta/DataTable";
import { Empty } from "../../meta/Empty";
import { FormDrawer } from "../../meta/FormDrawer";
import type { FormField } from "../../meta/form";
import type { Column } from "../../meta/table";
import { usePagedList } from "../../meta/usePagedList";

interface HoldForm {
  subject: string;
  since: string | null;
  until: string | null;
  reason: string;
}
const NEW_HOLD: HoldForm = { subject: "", since: null, until: null, reason: "" };

const instant = (day: string | null) => (day ? new Date(day).toISOString() : null);

function useHoldColumns(): Column<LegalHold>[] {
  const { t } = useTranslation();
  const { date, dateTime } = useFormats();
  return useMemo(
    () => [
      { key: "subject", title: t("retention.holds.column.subject"), fixed: true, card: "heading", render: ({ subject }) => (subject ? <span className="code">{subject}</span> : t("retention.holds.all")) },
      {
        key: "state",
        title: t("retention.holds.column.state"),
        card: "corner",
        render: ({ lifted }) => (lifted ? <Tag>{t("retention.holds.lifted")}</Tag> : <Tag color="warning">{t("retention.holds.inForce")}</Tag>),
      },
      { key: "range", title: t("retention.holds.column.range"), render: ({ since, until }) => (since || until ? `${since ? date(since) : "…"} – ${until ? date(until) : "…"}` : "") },
      { key: "reason", title: t("retention.holds.column.reason"), render: ({ reason, lift_reason }) => (lift_reason ? `${reason} → ${lift_reason}` : reason) },
      { key: "placed", title: t("retention.holds.column.placed"), render: ({ placed, placed_by }) => t("retention.holds.byAt", { name: placed_by, when: dateTime(placed) }) },
    ],
    [t, date, dateTime],
  );
}

/** What must not be removed, and what had to stay before. */
export function Holds() {
  const { t } = useTranslation();
  const writes = useMay()("compliance:hold:write");
  const [placing, setPlacing] = useState(false);
  const [lifting, setLifting] = useState<LegalHold | null>(null);
  const list = usePagedList<LegalHold>(["retention", "holds"], (_cursor, signal) => unwrap(client.GET("/api/v1/retention/holds", { signal })));
  const columns = useHoldColumns();
  const place = writes && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setPlacing(true)}>
      {t("retention.holds.new")}
    </Button>
  );
  const fields: FormField[] = [
    { kind: "text", name: "subject", label: t("retention.holds.subject"), help: t("retention.holds.subjectHelp"), max: 300 },
    { kind: "date", name: "since", label: t("retention.holds.since") },
    { kind: "date", name: "until", label: t("retention.holds.until") },
    { kind: "text", name: "reason", label: t("retention.holds.reason"), required: true, max: 500 },
  ];
  return (
    <>
      {(list.rows?.length ?? 0) > 0 && (
        <Flex justify="end" style={{ marginBottom: 12 }}>
          {place}
        </Flex>
      )}
      <DataTable<LegalHold>
        name="legal-holds"
        label={t("retention.holds.list")}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        empty={
          <Empty title={t("retention.holds.empty")} text={t("retention.holds.emptyText")}>
            {place}
          </Empty>
        }
        {...(writes && {
          actions: (hold: LegalHold) =>
            !hold.lifted && (
              <Button size="small" onClick={() => setLifting(hold)}>
                {t("retention.holds.lift")}
              </Button>
            ),
        })}
      />
      <FormDrawer<HoldForm>
        open={placing}
        title={t("retention.holds.new")}
        fields={fields}
        initial={NEW_HOLD}
        onSubmit={async ({ subject, since, until, reason }) => {
          await unwrap(client.POST("/api/v1/retention/holds", { body: { subject, reason, since: instant(since), until: instant(until) } }));
          list.refresh();
        }}
        onClose={() => setPlacing(false)}
      />
      <FormDrawer
        open={lifting !== null}
        title={t("retention.holds.liftTitle")}
        fields={[{ kind: "text", name: "reason", label: t("retention.holds.liftReason"), required: true, max: 500 }]}
        initial={{ reason: "" }}
        submitLabel={t("retention.holds.lift")}
        onSubmit={async (values) => {
          await unwrap(client.POST("/api/v1/retention/holds/{hold_id}/lift", { params: { path: { hold_id: lifting?.id ?? 0 } }, body: values }));
          list.refresh();
        }}
        onClose={() => setLifting(null)}
      />
    </>
  );
}
