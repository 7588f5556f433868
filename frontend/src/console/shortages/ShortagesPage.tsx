import { SearchOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, DatePicker, Input } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { client, unwrap } from "../../api/client";
import { useLive } from "../floor/useLive";
import { CLEARABLE } from "../../fields/clearable";
import { PageHead } from "../PageHead";
import { ProblemView } from "../ProblemView";
import { PageSkeleton } from "../states";
import "../../i18n/floor";
import "../../i18n/pulls";
import "../floor/floor.css";
import "../pulls/pulls.css";
import "./shortages.css";
import { LotAnswer } from "./LotAnswer";
import { Overview } from "./Overview";

function Question({ code, until, onAsk }: { code: string; until: string | null; onAsk: (code: string, until: string | null) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(code);
  const [day, setDay] = useState(until);
  return (
    <form
      className="panel short-question"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim()) onAsk(typed.trim(), day);
      }}
    >
      <label>
        {t("pulls.shortage.code")}
        <Input value={typed} className="code" maxLength={500} allowClear={CLEARABLE} autoComplete="off" spellCheck={false} onChange={(event) => setTyped(event.target.value)} />
      </label>
      <label title={t("pulls.shortage.untilHelp")}>
        {t("pulls.shortage.until")}
        <DatePicker className="wide" value={day ? dayjs(day) : null} onChange={(chosen) => setDay(chosen?.format("YYYY-MM-DD") ?? null)} />
      </label>
      <Button type="primary" htmlType="submit" icon={<SearchOutlined />} disabled={!typed.trim()}>
        {t("pulls.shortage.ask")}
      </Button>
      <small className="muted">{t("pulls.shortage.untilHelp")}</small>
    </form>
  );
}

/** What runs short, and what the absence of one lot means: orders, calls, shipments and customers on one page. */
export default function ShortagesPage() {
  const { t } = useTranslation();
  const [parameters, setParameters] = useSearchParams();
  const code = parameters.get("code") ?? "";
  const until = parameters.get("until");
  useLive(["shortages"], "pull");
  const ask = (next: string, day: string | null) => setParameters(next ? { code: next, ...(day ? { until: day } : {}) } : {});
  const all = useQuery({ enabled: !code, queryKey: ["shortages", "all"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/production/shortages", { signal })), placeholderData: (before) => before });
  const one = useQuery({
    enabled: Boolean(code),
    queryKey: ["shortages", code, until],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/production/shortages/lot", { params: { query: { code, ...(until ? { until: dayjs(until).toISOString() } : {}) } }, signal })),
    retry: false,
  });
  const error = code ? one.error : all.error;
  const waiting = code ? one.isPending && !one.error : all.isPending && !all.error;
  return (
    <div className="page">
      <PageHead title={t("pulls.shortage.title")} text={t("pulls.shortage.text")}>
        {code && <Button onClick={() => ask("", null)}>{t("pulls.shortage.all")}</Button>}
      </PageHead>
      <Question key={`${code} ${until ?? ""}`} code={code} until={until} onAsk={ask} />
      {error && <ProblemView error={error} onRetry={() => void (code ? one : all).refetch()} />}
      {waiting && <PageSkeleton />}
      {code ? one.data && <LotAnswer answer={one.data} /> : all.data && <Overview shortages={all.data} onAsk={(uri) => ask(uri, null)} />}
    </div>
  );
}
