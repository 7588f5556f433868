import { ExperimentOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Tag } from "antd";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { components } from "../../api/schema";
import { Problems } from "../../designer/Problems";
import { ProblemView } from "../ProblemView";
import { useNumbers } from "./numbers";
import type { RuleBody } from "./segments";

type PastTrial = components["schemas"]["PastTrial"];
const NEWEST = 1000;

function Told({ trial }: { trial: PastTrial }) {
  const { t } = useTranslation();
  const numbers = useNumbers();
  if (trial.problems.length > 0) return <Problems problems={[...trial.problems]} onGo={() => undefined} />;
  if (trial.tried === 0) return <p className="muted">{t("rules.past.nothing")}</p>;
  return (
    <>
      <p className="past-counts">
        <span>{t("rules.past.tried", { n: numbers(trial.tried) })}</span>
        <span>{t("rules.past.read", { n: numbers(trial.read) })}</span>
        <span>{t("rules.past.unread", { n: numbers(trial.tried - trial.read) })}</span>
      </p>
      {trial.lost > 0 && <Alert type="warning" showIcon title={t("rules.past.lost", { n: numbers(trial.lost) })} description={t("rules.past.lostText")} />}
      {trial.taken > 0 && <Alert type="warning" showIcon title={t("rules.past.taken", { n: numbers(trial.taken) })} description={t("rules.past.takenText")} />}
      <ul className="past-list" aria-label={t("rules.past.title")}>
        {trial.rows.map((row) => (
          <li key={row.code} className="past-row">
            <Tag color={row.read ? "success" : "default"}>{t(row.read ? "rules.past.isRead" : "rules.past.isNot")}</Tag>
            <span className="code">{row.code}</span>
            <small className="muted">
              {t(`rules.past.source.${row.source}`)}
              {row.rules.length > 0 && ` · ${t("rules.past.by", { rules: row.rules.join("、") })}`}
            </small>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Try a draft on the newest codes on record before it is published. */
export function PastTrialPanel({ ruleKey, rule }: { ruleKey: string; rule: RuleBody }) {
  const { t } = useTranslation();
  const trial = useMutation({
    mutationFn: () => unwrap(client.POST("/api/v1/code-rules/past", { body: { key: ruleKey, body: { ...rule }, count: NEWEST } })),
  });
  return (
    <section className="panel" aria-label={t("rules.past.title")}>
      <h2>{t("rules.past.title")}</h2>
      <p className="muted">{t("rules.past.text", { n: NEWEST })}</p>
      <Button icon={<ExperimentOutlined />} loading={trial.isPending} disabled={rule.segments.length === 0} onClick={() => trial.mutate()}>
        {t("rules.past.go")}
      </Button>
      {trial.error && <ProblemView error={trial.error} />}
      {trial.data && <Told trial={trial.data} />}
    </section>
  );
}
