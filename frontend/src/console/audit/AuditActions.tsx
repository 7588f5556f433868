import { DownloadOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { Button, Dropdown, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, download, unwrap } from "../../api/client";
import { useMay } from "../../api/session";
import { FormDrawer } from "../../meta/FormDrawer";
import type { FormField } from "../../meta/form";
import { useReportProblem } from "../ProblemView";

const FORMATS = ["xlsx", "csv"] as const;
const ACTIONS = ["insert", "update", "delete"] as const;
const OUTCOMES = ["in_order", "follow_up"] as const;
type Values = Partial<Record<"from" | "to" | "table" | "actor" | "action", string>>;

interface ReviewForm {
  outcome: (typeof OUTCOMES)[number];
  note: string;
}

/** What is listed, as a file. */
function ExportAudit({ values }: { values: Values }) {
  const { t } = useTranslation();
  const report = useReportProblem();
  const [busy, setBusy] = useState(false);
  const save = async (format: string): Promise<void> => {
    setBusy(true);
    try {
      await download(`/api/v1/audit/export?${new URLSearchParams({ format, ...values }).toString()}`, `audit.${format}`);
    } catch (error) {
      report(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dropdown trigger={["click"]} menu={{ items: FORMATS.map((key) => ({ key, label: t(`list.exportAs.${key}`) })), onClick: ({ key }) => void save(key) }}>
      <Button icon={<DownloadOutlined />} loading={busy}>
        {t("list.export")}
      </Button>
    </Dropdown>
  );
}

/** Export, and putting on record that what is listed was reviewed. */
export function AuditActions({ values }: { values: Values }) {
  const { t } = useTranslation();
  const may = useMay();
  const cache = useQueryClient();
  const [reviewing, setReviewing] = useState(false);
  const fields: FormField[] = [
    {
      kind: "choice",
      name: "outcome",
      label: t("audit.review.outcome"),
      required: true,
      choices: OUTCOMES.map((value) => ({ value, label: t(`audit.review.outcomes.${value}`) })),
    },
    { kind: "custom", name: "note", label: t("audit.review.note"), help: t("audit.review.noteHelp"), control: <Input.TextArea rows={5} maxLength={4000} /> },
  ];
  const save = async ({ outcome, note }: ReviewForm) => {
    const { action, ...rest } = values;
    const known = ACTIONS.find((each) => each === action);
    await unwrap(client.POST("/api/v1/audit/reviews", { body: { ...rest, ...(known ? { action: known } : {}), outcome, note } }));
    await cache.invalidateQueries({ queryKey: ["audit"] });
  };
  return (
    <>
      <ExportAudit values={values} />
      {may("compliance:audit:review") && <Button onClick={() => setReviewing(true)}>{t("audit.review.begin")}</Button>}
      <FormDrawer<ReviewForm>
        open={reviewing}
        title={t("audit.review.title")}
        fields={fields}
        initial={{ outcome: "in_order", note: "" }}
        submitLabel={t("audit.review.submit")}
        onSubmit={save}
        onClose={() => setReviewing(false)}
      />
    </>
  );
}
