import { useQuery } from "@tanstack/react-query";
import { Tag } from "antd";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import { useFormats } from "../../i18n/format";
import { Empty } from "../../meta/Empty";
import { ProblemView } from "../ProblemView";
import { PageSkeleton } from "../states";
import { KIND_TONE, STATE_TONE } from "./tones";

/** What one has sent oneself, with the answers. */
export function OwnFeedback() {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const query = useQuery({ queryKey: ["feedback", "own"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/feedback/own", { signal })) });
  if (query.error) return <ProblemView error={query.error} onRetry={() => void query.refetch()} />;
  if (!query.data) return <PageSkeleton />;
  if (query.data.rows.length === 0) return <Empty title={t("feedback.empty")} text={t("feedback.emptyText")} />;
  return (
    <ol className="feedback-own" aria-label={t("feedback.ownTitle")}>
      {query.data.rows.map((row) => (
        <li key={row.id} className="panel">
          <p>
            <Tag color={KIND_TONE[row.kind]}>{t(`feedback.kind.${row.kind}`)}</Tag>
            <Tag color={STATE_TONE[row.state]}>{t(`feedback.state.${row.state}`)}</Tag>
            <span className="muted num">{dateTime(row.written)}</span> <span className="muted">{row.page}</span>
          </p>
          <p className="feedback-words">{row.words}</p>
          {row.answered && (
            <div className="answer">
              <p className="feedback-words">{row.answer || t("feedback.state.closed")}</p>
              <small className="muted">{t("feedback.answeredBy", { name: row.answered_by ?? "", when: dateTime(row.answered) })}</small>
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}
