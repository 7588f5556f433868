import { CheckCircleOutlined, CloseCircleOutlined, ExclamationCircleOutlined, PlayCircleOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Button, Segmented, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { components } from "../../api/schema";
import { ProblemView } from "../../console/ProblemView";
import { useFormats } from "../../i18n/format";
import type { NodeBody } from "./model";

type TriedReading = components["schemas"]["TriedReading"];

const LOOKS = {
  recorded: { icon: <CheckCircleOutlined />, color: "success" },
  warned: { icon: <ExclamationCircleOutlined />, color: "warning" },
  refused: { icon: <CloseCircleOutlined />, color: "error" },
} as const;

function Outcome({ name }: { name: TriedReading["outcome"] }) {
  const { t } = useTranslation();
  return (
    <Tag icon={LOOKS[name].icon} color={LOOKS[name].color}>
      {t(`nodes.try.outcome.${name}`)}
    </Tag>
  );
}

function Entry({ row }: { row: TriedReading }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <li>
      <span className="node-tried-head">
        {formats.dateTime(row.taken)}
        {row.before && row.before !== row.outcome && (
          <>
            <Outcome name={row.before} /> {t("designer.becomes")}
          </>
        )}
        <Outcome name={row.outcome} />
        <small className="muted">{t("nodes.try.events", { count: row.events.length })}</small>
      </span>
      {row.faults.map((fault) => (
        <p key={`${fault.code} ${fault.field ?? ""}`}>
          {fault.text} <span className="muted">{fault.remedy}</span>
        </p>
      ))}
    </li>
  );
}

const DAYS = [1, 7, 31] as const;

/** What would have become of the entries of the last days, had this draft been in force. Nothing is recorded. */
export function TryPanel({ node, nodeKey }: { node: NodeBody; nodeKey: string }) {
  const { t } = useTranslation();
  const [days, setDays] = useState<(typeof DAYS)[number]>(7);
  const trial = useMutation({
    // the schema of this route says no more of a body than that it is an object
    mutationFn: () => unwrap(client.POST("/api/v1/capture/try", { body: { body: node as unknown as Record<string, never>, node: nodeKey, days, readings: [] } })),
  });
  const counts = trial.data;
  return (
    <section aria-label={t("nodes.tab.try")}>
      <p className="muted">{t("nodes.try.help")}</p>
      <div className="node-meaning-foot">
        <Segmented aria-label={t("nodes.try.days")} value={days} options={DAYS.map((value) => ({ value, label: t("nodes.try.lastDays", { count: value }) }))} onChange={setDays} />
        <Button type="primary" icon={<PlayCircleOutlined />} loading={trial.isPending} data-action="try" onClick={() => trial.mutate()}>
          {t("nodes.try.run")}
        </Button>
      </div>
      {trial.error && <ProblemView error={trial.error} />}
      {counts && (
        <div className="panel" aria-live="polite">
          <p>
            <strong>{t("nodes.try.tried", { count: counts.tried })}</strong> {t("nodes.try.counts", { recorded: counts.recorded, warned: counts.warned, refused: counts.refused })}{" "}
            {counts.changed > 0 && <Tag color="warning">{t("nodes.try.changed", { count: counts.changed })}</Tag>}
          </p>
          <ul className="node-tried">
            {counts.rows.map((row) => (
              <Entry key={row.id} row={row} />
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
