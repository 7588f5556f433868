import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Segmented, Skeleton } from "antd";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import { asProblem } from "../../api/problem";
import type { ExecutionCheck } from "../../api/production";
import { useMay } from "../../api/session";
import { named, useLanguage } from "../../i18n/language";
import { ProblemView } from "../ProblemView";
import { problemText } from "../problemText";

const LEVELS = ["off", "warn", "approve", "refuse"] as const;

/** How strictly each execution check is made. */
export function ChecksTab() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const writes = useMay()("production:check:write");
  const query = useQuery({ queryKey: ["plant", "checks"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/plant/checks", { signal })) });
  if (query.error) return <ProblemView error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <Skeleton active />;
  const put = async ({ name }: ExecutionCheck, level: (typeof LEVELS)[number]) => {
    try {
      await unwrap(client.PUT("/api/v1/plant/checks/{check}", { params: { path: { check: name } }, body: { level } }));
      await cache.invalidateQueries({ queryKey: ["plant", "checks"] });
      void message.success(t("plant.checks.saved"));
    } catch (error) {
      const { title, remedy } = problemText(t, asProblem(error));
      void message.error([title, remedy].filter(Boolean).join(" "));
    }
  };
  return (
    <>
      <p className="muted">{t("plant.checks.text")}</p>
      <ul className="panel check-levels">
        {query.data.rows.map((check) => (
          <li key={check.name}>
            <div>
              <strong>{named(language, check.title_zh, check.title_en)}</strong>
              <p>
                {named(language, check.about_zh, check.about_en)}
                {check.level !== check.standard && <span className="muted">{` · ${t("plant.checks.standard", { level: t(`plant.checks.level.${check.standard}`) })}`}</span>}
              </p>
            </div>
            <Segmented
              aria-label={named(language, check.title_zh, check.title_en)}
              disabled={!writes}
              value={check.level}
              onChange={(level) => void put(check, level)}
              options={LEVELS.map((value) => ({ value, label: t(`plant.checks.level.${value}`) }))}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
