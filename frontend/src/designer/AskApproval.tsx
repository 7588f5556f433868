import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../api/client";
import { ProblemView } from "../console/ProblemView";
import type { DefinitionRow } from "./definitions";

/** Where publishing needs a second person: ask one, for the draft as it is. */
export function AskApproval({ row, note, onAsked }: { row: DefinitionRow; note: string; onAsked: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const ask = async () => {
    setBusy(true);
    setError(null);
    try {
      await unwrap(client.POST("/api/v1/approvals", { body: { action: "designer.publish", subject: `${row.kind}/${row.key}`, note: note.trim() } }));
      void message.success(t("signing.approvals.asked"));
      onAsked();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <p>
        <Button onClick={() => void ask()} loading={busy}>
          {t("signing.approvals.ask")}
        </Button>
      </p>
      {error !== null && <ProblemView error={error} />}
    </>
  );
}
