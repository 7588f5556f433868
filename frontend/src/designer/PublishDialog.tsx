import { Form, Input, Modal, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { asProblem } from "../api/problem";
import { ProblemView } from "../console/ProblemView";
import { AskApproval } from "./AskApproval";
import { Changes } from "./Changes";
import { type Change, type DefinitionRow, useChanges } from "./definitions";

interface PublishProps {
  row: DefinitionRow;
  onPublish: (note: string) => Promise<unknown>;
  onClose: () => void;
  placeName?: (at: string) => string;
}

/** What will change for everybody, and a note on why: publishing is looked at before it is done. */
export function PublishDialog({ row, onPublish, onClose, placeName }: PublishProps) {
  const { t } = useTranslation();
  const [note, setNote] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const query = useChanges(row.kind, row.key, row.version ? "published" : "empty", "draft", true, row.revision);
  const publish = async () => {
    setBusy(true);
    setError(null);
    try {
      await onPublish(note.trim());
      onClose();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t("designer.publish.title")}
      okText={t("designer.publish.ok")}
      cancelText={t("list.cancel")}
      okButtonProps={{ disabled: note.trim() === "", loading: busy }}
      onOk={() => void publish()}
      onCancel={onClose}
      width={640}
    >
      <p>{row.version ? t("designer.publish.text", { version: row.version }) : t("designer.publish.first")}</p>
      {query.data ? (
        <div className="designer-scroll">
          <Changes changes={query.data.changes as readonly Change[]} {...(placeName ? { placeName } : {})} />
        </div>
      ) : (
        <Skeleton active paragraph={{ rows: 3 }} title={false} />
      )}
      <Form layout="vertical">
        <Form.Item label={t("designer.publish.note")} htmlFor="publish-note" required extra={t("designer.publish.noteHelp")}>
          <Input.TextArea id="publish-note" value={note} maxLength={500} autoSize={{ minRows: 2, maxRows: 5 }} onChange={(event) => setNote(event.target.value)} />
        </Form.Item>
      </Form>
      {error !== null && <ProblemView error={error} />}
      {error !== null && asProblem(error).code === "compliance.approval_needed" && <AskApproval row={row} note={note} onAsked={onClose} />}
    </Modal>
  );
}
