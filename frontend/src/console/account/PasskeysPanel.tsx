import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Form, Input, Modal, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { Passkey } from "../../api/contract";
import { makePasskey, passkeysWork } from "../../api/passkeys";
import { useFormats } from "../../i18n/format";
import { ProblemView } from "../ProblemView";
import { deviceOf } from "./device";
import { PROOF_KEY, useProof } from "./proof";
import { RecoveryCodes } from "./RecoveryCodes";

type Ask = "new" | Passkey;
interface Values {
  name: string;
  password: string;
}

function Dialog({ ask, onClose, onAdded }: { ask: Ask; onClose: () => void; onAdded?: (() => void) | undefined }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [codes, setCodes] = useState<readonly string[]>([]);
  const fresh = ask === "new";
  const done = () => {
    onClose();
    if (fresh) onAdded?.();
  };
  const work = useMutation({
    mutationFn: async ({ name, password }: Values): Promise<readonly string[]> => {
      if (fresh) return (await unwrap(client.POST("/api/v1/session/passkeys", { body: { name, answer: await makePasskey(password) } }))).codes;
      await unwrap(client.POST("/api/v1/session/passkeys/{passkey_id}/remove", { params: { path: { passkey_id: ask.id } }, body: { password } }));
      return [];
    },
    onSuccess: (made) => {
      void cache.invalidateQueries({ queryKey: PROOF_KEY });
      setCodes(made);
      if (made.length === 0) done();
    },
  });
  const required = [{ required: true, whitespace: true, message: t("list.required") }];
  return (
    <Modal open footer={null} title={fresh ? t("account.passkeys.add") : t("account.passkeys.removeOne", { name: ask.name })} onCancel={codes.length ? done : onClose} mask={{ closable: false }} destroyOnHidden>
      {codes.length > 0 ? (
        <RecoveryCodes codes={codes} onDone={done} />
      ) : (
        <Form<Values> layout="vertical" requiredMark={false} initialValues={{ name: deviceOf(navigator.userAgent) }} onFinish={(values) => work.mutate(values)}>
          {work.error && <ProblemView error={work.error} />}
          {fresh && (
            <Form.Item name="name" label={t("account.passkeys.name")} extra={t("account.passkeys.nameHelp")} rules={required}>
              <Input maxLength={80} />
            </Form.Item>
          )}
          <Form.Item name="password" label={t("account.old")} rules={[{ required: true, message: t("list.required") }]}>
            <Input.Password autoComplete="current-password" autoFocus />
          </Form.Item>
          <Button type="primary" danger={!fresh} htmlType="submit" loading={work.isPending}>
            {fresh ? t("account.proof.continue") : t("account.passkeys.remove")}
          </Button>
        </Form>
      )}
    </Modal>
  );
}

function Row({ passkey, onRemove }: { passkey: Passkey; onRemove: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <li>
      <div>
        <strong>{passkey.name}</strong> {passkey.cloned && <Tag color="error">{t("account.passkeys.cloned")}</Tag>} {passkey.synced && <Tag>{t("account.passkeys.synced")}</Tag>}
        <div className="muted">
          <span className="code">{passkey.website}</span> · {passkey.last_used ? t("account.sessions.seen", { when: formats.ago(passkey.last_used) }) : t("account.passkeys.unused")}
        </div>
      </div>
      <Button size="small" onClick={onRemove} aria-label={t("account.passkeys.removeOne", { name: passkey.name })}>
        {t("account.passkeys.remove")}
      </Button>
    </li>
  );
}

/** One's own passkeys: a fingerprint, a face, a security key in the place of password and code. */
export function PasskeysPanel({ onAdded }: { onAdded?: () => void }) {
  const { t } = useTranslation();
  const proof = useProof();
  const [ask, setAsk] = useState<Ask | null>(null);
  const passkeys = proof.data?.passkeys ?? [];
  const works = passkeysWork();
  return (
    <section className="panel">
      <h2>{t("account.passkeys.title")}</h2>
      <p>{t("account.passkeys.text")}</p>
      {passkeys.length > 0 && (
        <ul className="sessions" aria-label={t("account.passkeys.title")}>
          {passkeys.map((passkey) => (
            <Row key={passkey.id} passkey={passkey} onRemove={() => setAsk(passkey)} />
          ))}
        </ul>
      )}
      {works ? (
        <Button className="passkeys-add" onClick={() => setAsk("new")}>
          {t("account.passkeys.add")}
        </Button>
      ) : (
        <Alert type="info" showIcon title={t("account.passkeys.notHere")} description={t("account.passkeys.notHereHelp")} />
      )}
      {ask && <Dialog key={ask === "new" ? "new" : ask.id} ask={ask} onClose={() => setAsk(null)} onAdded={onAdded} />}
    </section>
  );
}
