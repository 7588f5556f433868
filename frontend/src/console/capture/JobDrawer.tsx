import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Drawer, Flex, Skeleton } from "antd";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { CaptureJobDetail } from "../../api/contract";
import { useMay } from "../../api/session";
import { PassesMade } from "../passing/PassesMade";
import { PassForm } from "../passing/PassForm";
import { byCheck, type Choice } from "../passing/stopped";
import { ProblemView } from "../ProblemView";
import { Refusals } from "./Refusals";

const LOOK_AGAIN_MS = 1000;

/** What of a refused document may be let pass, for who may. */
function Passing({ job, onPassed }: { job: CaptureJobDetail; onPassed: (after: CaptureJobDetail) => void }) {
  const { t } = useTranslation();
  const may = useMay();
  if (job.running) return <Alert type="info" showIcon title={t("capture.pass.running")} />;
  if (!job.passable) return null;
  if (!may("capture:reading:override")) return <p className="muted">{t("capture.pass.denied")}</p>;
  const stopped = byCheck(
    job.errors.flatMap(({ overridable, check, node, event_id, index, title }) =>
      overridable && check && event_id !== null ? [{ node, check, id: event_id, label: t("capture.job.event", { index: (index ?? 0) + 1 }), text: title }] : [],
    ),
  );
  const pass = async (choices: readonly Choice[], reason: string) => {
    const named = choices.flatMap(({ node, check, items }) => (items ?? [null]).map((event_id) => ({ node, check, event_id })));
    onPassed(await unwrap(client.POST("/api/v1/capture/jobs/{job_id}/pass", { params: { path: { job_id: job.id } }, body: { choices: named, reason } })));
  };
  return <PassForm stopped={stopped} note={t(job.behaviour === "rollback" ? "capture.pass.noteWhole" : "capture.pass.noteProceed")} onPass={pass} />;
}

/** One capture job: what was refused and why, and what of it may be let pass. */
export function JobDrawer({ id, name, onClose }: { id: string | null; name: string; onClose: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const query = useQuery({
    queryKey: ["captureJob", id],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/capture/jobs/{job_id}", { params: { path: { job_id: id ?? "" } }, signal })),
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data?.running ? LOOK_AGAIN_MS : false),
  });
  const passed = (after: CaptureJobDetail) => {
    cache.setQueryData(["captureJob", id], after);
    void cache.invalidateQueries({ queryKey: ["captureJobs"] });
  };
  return (
    <Drawer open={id !== null} onClose={onClose} size={640} title={name || t("capture.job.title", { id: id ?? "" })}>
      {query.error && <ProblemView error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && id !== null && <Skeleton active />}
      {query.data && (
        <Flex vertical gap={16}>
          <Flex gap={16} wrap>
            <span>{t("capture.accepted", { n: query.data.accepted })}</span>
            <span className={query.data.refused ? "tone-error" : "muted"}>{t("capture.refusedCount", { n: query.data.refused })}</span>
          </Flex>
          <Passing job={query.data} onPassed={passed} />
          <PassesMade passes={query.data.passes.map(({ made, by, check, reason }) => ({ made, by, check, reason }))} />
          <section>
            <h2>{t("capture.job.refusals", { n: query.data.errors.length })}</h2>
            <Refusals refusals={query.data.errors} />
          </section>
        </Flex>
      )}
    </Drawer>
  );
}
