import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Skeleton, Switch } from "antd";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import { ProblemView, useReportProblem } from "../ProblemView";

/** Which actions need two persons. */
export function ApprovalRules() {
  const { t, i18n } = useTranslation();
  const { message } = App.useApp();
  const report = useReportProblem();
  const cache = useQueryClient();
  const query = useQuery({ queryKey: ["approval-rules"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/approval-rules", { signal })) });
  const change = async (action: string, needed: boolean) => {
    try {
      cache.setQueryData(["approval-rules"], await unwrap(client.PUT("/api/v1/approval-rules", { body: { action, needed } })));
      void message.success(t("signing.rules.saved"));
    } catch (error) {
      report(error);
    }
  };
  if (!query.data) return query.error ? <ProblemView error={query.error} /> : <Skeleton active />;
  return (
    <>
      <p>{t("signing.rules.text")}</p>
      <ul className="sign-rules">
        {query.data.rows.map(({ action, title_zh, title_en, needed }) => {
          const title = i18n.language === "en" ? title_en : title_zh;
          return (
            <li key={action} className="panel">
              <span>{title}</span>
              <Switch checked={needed} aria-label={`${title}: ${t("signing.rules.needed")}`} onChange={(on) => void change(action, on)} />
            </li>
          );
        })}
      </ul>
    </>
  );
}
