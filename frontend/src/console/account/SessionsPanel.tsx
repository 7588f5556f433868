import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Flex, Tag } from "antd";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import { useFormats } from "../../i18n/format";
import { ProblemView, useReportProblem } from "../ProblemView";
import { deviceOf } from "./device";
import { PROOF_KEY, useProof } from "./proof";

/** Where one is signed in just now; any of it can be ended from here. */
export function SessionsPanel() {
  const { t } = useTranslation();
  const formats = useFormats();
  const cache = useQueryClient();
  const report = useReportProblem();
  const proof = useProof();
  const told = () => cache.invalidateQueries({ queryKey: PROOF_KEY });
  const end = useMutation({
    mutationFn: (id: number) => unwrap(client.DELETE("/api/v1/session/open/{session_id}", { params: { path: { session_id: id } } })),
    onSuccess: told,
    onError: report,
  });
  const endOthers = useMutation({ mutationFn: () => unwrap(client.POST("/api/v1/session/end-others")), onSuccess: told, onError: report });
  const sessions = proof.data?.sessions ?? [];
  return (
    <section className="panel">
      <h2>{t("account.sessions.title")}</h2>
      {proof.error && <ProblemView error={proof.error} onRetry={() => void proof.refetch()} />}
      <ul className="sessions">
        {sessions.map((session) => (
          <li key={session.id}>
            <div>
              <strong>{deviceOf(session.agent) || t("account.sessions.unknown")}</strong>{" "}
              {session.current && <Tag color="success">{t("account.sessions.current")}</Tag>}
              <div className="muted">
                <span className="code">{session.address}</span> · {t("account.sessions.seen", { when: formats.ago(session.last_seen) })}
              </div>
            </div>
            {!session.current && (
              <Button size="small" loading={end.isPending && end.variables === session.id} onClick={() => end.mutate(session.id)}>
                {t("account.sessions.end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <Flex className="sessions-end">
          <Button onClick={() => endOthers.mutate()} loading={endOthers.isPending}>
            {t("account.sessions.endOthers")}
          </Button>
        </Flex>
      )}
    </section>
  );
}
