import { useQuery } from "@tanstack/react-query";
import { Drawer, Flex, Skeleton } from "antd";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import { ProblemView } from "../ProblemView";
import { Refusals } from "./Refusals";

/** One capture job: what was refused and why. */
export function JobDrawer({ id, name, onClose }: { id: string | null; name: string; onClose: () => void }) {
  const { t } = useTranslation();
  const query = useQuery({
    queryKey: ["captureJob", id],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/capture/jobs/{job_id}", { params: { path: { job_id: id ?? "" } }, signal })),
    enabled: id !== null,
  });
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
          <section>
            <h2>{t("capture.job.refusals", { n: query.data.errors.length })}</h2>
            <Refusals refusals={query.data.errors} />
          </section>
        </Flex>
      )}
    </Drawer>
  );
}
