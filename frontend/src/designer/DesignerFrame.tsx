import { CheckOutlined, HistoryOutlined, MoreOutlined, RedoOutlined, SaveOutlined, UndoOutlined } from "@ant-design/icons";
import { App, Button, Dropdown, Input, type MenuProps, Modal, Tooltip } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useMay } from "../api/session";
import { useReportProblem } from "../console/ProblemView";
import { named, useLanguage } from "../i18n/language";
import { type DefinitionRow, useDefinitionActions } from "./definitions";
import "./designer.css";
import { PublishDialog } from "./PublishDialog";
import { StateTag } from "./StateTag";
import { useDesignerKeys } from "./useDesignerKeys";
import { VersionsDrawer } from "./VersionsDrawer";

interface FrameProps {
  row: DefinitionRow;
  back: { path: string; label: string };
  dirty: boolean;
  undo: (() => void) | null;
  redo: (() => void) | null;
  /** Keep the draft; the row as it is afterwards. */
  onSave: () => Promise<DefinitionRow>;
  sound: boolean;
  placeName?: (at: string) => string;
  extra?: ReactNode;
  children: ReactNode;
}

type Dialog = "versions" | "publish" | "retire" | null;

function RetireDialog({ onRetire, onClose }: { onRetire: (note: string) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const [note, setNote] = useState("");
  return (
    <Modal
      open
      title={t("designer.retire.title")}
      okText={t("designer.retire.ok")}
      cancelText={t("list.cancel")}
      okButtonProps={{ danger: true, disabled: note.trim() === "" }}
      onOk={() => onRetire(note.trim())}
      onCancel={onClose}
    >
      <p>{t("designer.retire.text")}</p>
      <label htmlFor="retire-note">{t("designer.publish.note")}</label>
      <Input.TextArea id="retire-note" value={note} maxLength={500} autoSize={{ minRows: 2 }} onChange={(event) => setNote(event.target.value)} />
    </Modal>
  );
}

/** What every designer has: title and state, undo and redo, save, publish with a look at the changes, versions, retire. */
export function DesignerFrame({ row, back, dirty, undo, redo, onSave, sound, placeName, extra, children }: FrameProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const may = useMay();
  const report = useReportProblem();
  const { message, modal } = App.useApp();
  const actions = useDefinitionActions(row.kind, row.key);
  const [dialog, setDialog] = useState<Dialog>(null);
  const writes = may("designer:definition:write");
  const publishes = may("designer:definition:publish");

  const attempt = async (work: () => Promise<unknown>, done: string) => {
    try {
      await work();
      void message.success(done);
      setDialog(null);
    } catch (error) {
      report(error);
    }
  };
  const save = () => void attempt(onSave, t("list.saved"));
  const toPublish = async () => {
    try {
      if (dirty) await onSave();
      setDialog("publish");
    } catch (error) {
      report(error);
    }
  };
  const publish = async (note: string) => {
    const { version } = await actions.publish.mutateAsync({ revision: row.revision, note });
    void message.success(t("designer.publish.done", { version }));
  };
  useDesignerKeys({ undo, redo, save: writes && dirty ? save : null });

  const discard = () =>
    modal.confirm({
      title: t("designer.discard.title"),
      content: row.version ? t("designer.discard.text") : t("designer.discard.never"),
      okText: t("designer.discard.ok"),
      okButtonProps: { danger: true },
      cancelText: t("list.cancel"),
      onOk: () => attempt(() => actions.discard.mutateAsync({ revision: row.revision }), t("designer.discard.done")),
    });
  const more: NonNullable<MenuProps["items"]> = [
    ...(writes && row.has_draft ? [{ key: "discard", label: t("designer.discard.menu"), onClick: () => void discard() }] : []),
    ...(publishes && row.state === "published" ? [{ key: "retire", danger: true, label: t("designer.retire.menu"), onClick: () => setDialog("retire") }] : []),
    ...(publishes && row.state === "retired"
      ? [{ key: "restore", label: t("designer.restore"), onClick: () => void attempt(() => actions.restore.mutateAsync({ revision: row.revision }), t("designer.restored")) }]
      : []),
  ];
  const places = placeName ? { placeName } : {};
  const revert = (version: number) => void attempt(() => actions.revert.mutateAsync({ revision: row.revision, version }), t("designer.versions.reverted", { version }));

  return (
    <div className="page designer">
      <header className="designer-head">
        <div className="designer-title">
          <Link to={back.path}>{back.label}</Link>
          <h1>{named(language, row.title_zh, row.title_en, row.key)}</h1>
          <span className="code muted">{row.key}</span>
          <StateTag row={row} />
        </div>
        <div className="designer-actions">
          {writes && (
            <>
              <Tooltip title={t("designer.undoKeys")}>
                <Button icon={<UndoOutlined />} aria-label={t("designer.undo")} disabled={!undo} onClick={() => undo?.()} />
              </Tooltip>
              <Tooltip title={t("designer.redoKeys")}>
                <Button icon={<RedoOutlined />} aria-label={t("designer.redo")} disabled={!redo} onClick={() => redo?.()} />
              </Tooltip>
            </>
          )}
          {extra}
          <Button icon={<HistoryOutlined />} onClick={() => setDialog("versions")}>
            {t("designer.versions.button")}
          </Button>
          {writes && (
            <Button icon={<SaveOutlined />} disabled={!dirty} loading={actions.save.isPending} onClick={save}>
              {t("designer.save")}
            </Button>
          )}
          {publishes && (
            <Button type="primary" icon={<CheckOutlined />} disabled={!sound || !(dirty || row.has_draft)} onClick={() => void toPublish()}>
              {t("designer.publish.button")}
            </Button>
          )}
          {more.length > 0 && (
            <Dropdown menu={{ items: more }} trigger={["click"]}>
              <Button icon={<MoreOutlined />} aria-label={t("designer.more")} />
            </Dropdown>
          )}
        </div>
      </header>
      {children}
      {dialog === "versions" && <VersionsDrawer row={row} onClose={() => setDialog(null)} onRevert={writes ? revert : null} {...places} />}
      {dialog === "publish" && <PublishDialog row={row} onPublish={publish} onClose={() => setDialog(null)} {...places} />}
      {dialog === "retire" && (
        <RetireDialog
          onRetire={(note) => void attempt(() => actions.retire.mutateAsync({ revision: row.revision, note }), t("designer.retire.done"))}
          onClose={() => setDialog(null)}
        />
      )}
    </div>
  );
}
