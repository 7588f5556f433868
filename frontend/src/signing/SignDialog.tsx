import { KeyOutlined } from "@ant-design/icons";
import { Button, Form, Input, Modal, Select, Skeleton } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Json, Meaning, PresenceProof } from "../api/contract";
import { askPasskeyToSign, passkeysWork } from "../api/passkeys";
import { asProblem } from "../api/problem";
import { ProblemView } from "../console/ProblemView";
import "./signing.css";

export const MEANINGS: readonly Meaning[] = ["author", "review", "approve", "release", "reject", "witness"];

export interface Signed extends PresenceProof {
  meaning: Meaning;
  note: string;
}

interface SignDialogProps {
  title: string;
  /** The record: what it is called, and its exact content once it is there. */
  record: { title: string; content: Json } | null;
  meanings: readonly Meaning[];
  onSign: (signed: Signed) => Promise<unknown>;
  onClose: () => void;
  children?: ReactNode;
}

/** A signature: what is signed, what it means, and proof of who signs, given again each time. */
export function SignDialog({ title, record, meanings, onSign, onClose, children }: SignDialogProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Signed>();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [needsCode, setNeedsCode] = useState(false);
  const sign = async (values: Signed) => {
    setBusy(true);
    setError(null);
    try {
      await onSign({ ...values, code: values.code || null });
      onClose();
    } catch (refusal) {
      setNeedsCode((before) => before || asProblem(refusal).code === "tenancy.second_factor_needed");
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  const byPasskey = async () => {
    const { meaning, note } = form.getFieldsValue(["meaning", "note"]) as Pick<Signed, "meaning" | "note">;
    setBusy(true);
    setError(null);
    try {
      await onSign({ meaning, note, login: "", password: "", code: null, passkey: await askPasskeyToSign() });
      onClose();
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };
  const required = [{ required: true, message: t("list.required") }];
  return (
    <Modal
      open
      title={title}
      width={560}
      okText={t("signing.dialog.ok")}
      cancelText={t("list.cancel")}
      okButtonProps={{ loading: busy, disabled: record === null }}
      onOk={() => form.submit()}
      onCancel={onClose}
      footer={(_, { OkBtn, CancelBtn }) => (
        <>
          <CancelBtn />
          {passkeysWork() && (
            <Button icon={<KeyOutlined aria-hidden />} disabled={record === null || busy} onClick={() => void byPasskey()}>
              {t("signing.dialog.byPasskey")}
            </Button>
          )}
          <OkBtn />
        </>
      )}
    >
      {record ? (
        <section className="sign-record" aria-label={t("signing.dialog.record")}>
          <strong>{record.title}</strong>
          {children}
          <details>
            <summary>{t("signing.dialog.exact")}</summary>
            <pre className="code" tabIndex={0}>
              {JSON.stringify(record.content, null, 2)}
            </pre>
          </details>
        </section>
      ) : (
        <Skeleton active title={false} paragraph={{ rows: 2 }} />
      )}
      <Form<Signed> form={form} name="sign" layout="vertical" initialValues={{ meaning: meanings[0], note: "" }} onFinish={(values) => void sign(values)} requiredMark={false}>
        <Form.Item name="meaning" label={t("signing.dialog.meaning")} rules={required}>
          <Select options={meanings.map((value) => ({ value, label: t(`signing.meaning.${value}`) }))} />
        </Form.Item>
        <Form.Item name="note" label={t("signing.dialog.note")} extra={meanings.includes("reject") ? t("signing.dialog.noteHelp") : undefined}>
          <Input.TextArea autoSize={{ minRows: 1, maxRows: 4 }} maxLength={2000} />
        </Form.Item>
        <p className="muted">{t("signing.dialog.again")}</p>
        <div className="sign-proof">
          <Form.Item name="login" label={t("signing.dialog.login")} rules={required}>
            <Input autoComplete="off" />
          </Form.Item>
          <Form.Item name="password" label={t("signing.dialog.password")} rules={required}>
            <Input.Password autoComplete="off" />
          </Form.Item>
          {needsCode && (
            <Form.Item name="code" label={t("signing.dialog.code")} extra={t("signing.dialog.codeHelp")} rules={required}>
              <Input inputMode="numeric" autoComplete="one-time-code" maxLength={6} />
            </Form.Item>
          )}
        </div>
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </Form>
      {error !== null && <ProblemView error={error} />}
    </Modal>
  );
}
