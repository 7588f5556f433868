import { CheckCircleFilled, CloseCircleFilled, ExclamationCircleFilled, FileTextOutlined } from "@ant-design/icons";
import { Button, Flex, Progress, Spin } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useFormats } from "../../i18n/format";
import { ProblemView } from "../ProblemView";
import { Refusals } from "./Refusals";
import { clearQueue, type Entry, type EntryState, retryEntry, useQueue } from "./queue";

function StateIcon({ state }: { state: EntryState }) {
  if (state === "done") return <CheckCircleFilled className="tone-success" aria-hidden />;
  if (state === "partly") return <ExclamationCircleFilled className="tone-warning" aria-hidden />;
  if (state === "refused") return <CloseCircleFilled className="tone-error" aria-hidden />;
  return state === "waiting" ? <FileTextOutlined aria-hidden /> : <Spin size="small" />;
}

function Outcome({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const { job } = entry;
  if (entry.problem) return <ProblemView error={entry.problem} onRetry={() => retryEntry(entry.key)} />;
  if (!job) return null;
  return (
    <Flex vertical gap={8}>
      <Flex gap={16} wrap>
        {job.accepted > 0 && <span>{t("capture.accepted", { n: number(job.accepted) })}</span>}
        {job.refused > 0 && <span className="tone-error">{t("capture.refusedCount", { n: number(job.refused) })}</span>}
        {job.events === 0 && job.refused === 0 && <span>{t("capture.nothingNew")}</span>}
        {job.accepted > 0 && <Link to="/events?sort=-recorded">{t("capture.seeEvents")}</Link>}
      </Flex>
      {entry.state === "refused" && entry.behaviour === "rollback" && <p className="muted">{t("capture.allBack")}</p>}
      {job.errors.length > 0 && <Refusals refusals={job.errors} />}
    </Flex>
  );
}

/** What was dropped this time: how far it has come, and what became of it. */
export function QueueList() {
  const { t } = useTranslation();
  const entries = useQueue((queue) => queue.entries);
  if (entries.length === 0) return null;
  return (
    <section className="panel queue" aria-live="polite">
      <Flex justify="space-between" align="center">
        <h2>{t("capture.queue")}</h2>
        <Button type="text" onClick={clearQueue}>
          {t("capture.clear")}
        </Button>
      </Flex>
      <ol>
        {[...entries].reverse().map((entry) => (
          <li key={entry.key}>
            <Flex gap={10} align="center">
              <StateIcon state={entry.state} />
              <strong className="queue-name">{entry.name}</strong>
              <span className="muted">{t(`capture.state.${entry.state}`)}</span>
            </Flex>
            {entry.state === "sending" && <Progress percent={Math.round(entry.progress * 100)} size="small" aria-label={entry.name} />}
            <Outcome entry={entry} />
          </li>
        ))}
      </ol>
    </section>
  );
}
