import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Flex, Form, Input, Modal, Tag } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { Enrolment } from "../../api/contract";
import { useFormats } from "../../i18n/format";
import { ProblemView } from "../ProblemView";
import { PROOF_KEY, useProof } from "./proof";
import { RecoveryCodes } from "./RecoveryCodes";

type Ask = "bind" | "codes" | "remove";

/** The present password once more, before anything that weakens or changes how one signs in. */
function PasswordStep({ busy, error, onPassword }: { busy: boolean; error: Error | null; onPassword: (password: string) => void }) {
  const { t } = useTranslation();
  return (
    <Form<{ password: string }> layout="vertical" requiredMark={false} onFinish={({ password }) => onPassword(password)}>
      {error && <ProblemView error={error} />}
      <Form.Item name="password" label={t("account.old")} rules={[{ required: true, message: t("list.required") }]}>
        <Input.Password autoComplete="current-password" autoFocus />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>
        {t("account.proof.continue")}
      </Button>
    </Form>
  );
}

function Scan({ enrolment, busy, error, onCode }: { enrolment: Enrolment; busy: boolean; error: Error | null; onCode: (code: string) => void }) {
  const { t } = useTranslation();
  const picture = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(enrolment.svg)}`;
  return (
    <Form<{ code: string }> layout="vertical" requiredMark={false} onFinish={({ code }) => onCode(code)}>
      <p>{t("account.proof.scan")}</p>
      <Flex gap={20} wrap align="center">
        <img className="authenticator-code" src={picture} alt={t("account.proof.picture")} width={190} height={190} />
        <div className="authenticator-secret">
          <span className="muted">{t("account.proof.byHand")}</span>
          <span className="code">{enrolment.secret.match(/.{1,4}/g)?.join(" ")}</span>
        </div>
      </Flex>
      {error && <ProblemView error={error} />}
      <Form.Item name="code" label={t("account.proof.shown")} rules={[{ required: true, whitespace: true, message: t("list.required") }]}>
        <Input className="code" inputMode="numeric" autoComplete="one-time-code" maxLength={7} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>
        {t("account.proof.bind")}
      </Button>
    </Form>
  );
}

/** One dialog from the password to the new recovery codes. */
function Dialog({ ask, onClose, onBound }: { ask: Ask; onClose: () => void; onBound?: (() => void) | undefined }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const told = () => cache.invalidateQueries({ queryKey: PROOF_KEY });
  const begin = useMutation({ mutationFn: (password: string) => unwrap(client.POST("/api/v1/session/authenticator", { body: { password } })) });
  const bind = useMutation({
    mutationFn: (code: string) => unwrap(client.POST("/api/v1/session/authenticator/confirm", { body: { code } })),
    onSuccess: (made) => {
      setCodes(made.codes);
      void told();
    },
  });
  const renew = useMutation({
    mutationFn: (password: string) => unwrap(client.POST("/api/v1/session/authenticator/codes", { body: { password } })),
    onSuccess: (made) => {
      setCodes(made.codes);
      void told();
    },
  });
  const remove = useMutation({
    mutationFn: (password: string) => unwrap(client.POST("/api/v1/session/authenticator/remove", { body: { password } })),
    onSuccess: () => {
      void told();
      onClose();
    },
  });
  const done = () => {
    onClose();
    if (ask === "bind") onBound?.();
  };
  let content: ReactNode;
  if (codes) content = <RecoveryCodes codes={codes} onDone={done} />;
  else if (ask === "bind" && begin.data) content = <Scan enrolment={begin.data} busy={bind.isPending} error={bind.error} onCode={(code) => bind.mutate(code)} />;
  else {
    const step = { bind: begin, codes: renew, remove }[ask];
    content = <PasswordStep busy={step.isPending} error={step.error} onPassword={(password) => step.mutate(password)} />;
  }
  return (
    <Modal open footer={null} title={t(`account.proof.ask.${ask}`)} onCancel={codes ? done : onClose} mask={{ closable: false }} destroyOnHidden>
      {content}
    </Modal>
  );
}

/** One's own authenticator: bind, replace, new recovery codes, take off. */
export function AuthenticatorPanel({ onBound }: { onBound?: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const proof = useProof();
  const [ask, setAsk] = useState<Ask | null>(null);
  const since = proof.data?.authenticator_since;
  return (
    <section className="panel">
      <h2>{t("account.proof.title")}</h2>
      {proof.error && <ProblemView error={proof.error} onRetry={() => void proof.refetch()} />}
      <p>
        <Tag color={since ? "success" : "default"}>{since ? t("account.proof.on") : t("account.proof.off")}</Tag>{" "}
        {since ? t("account.proof.since", { date: formats.date(since), n: proof.data?.recovery_codes ?? 0 }) : t("account.proof.text")}
      </p>
      {since && (proof.data?.recovery_codes ?? 0) < 3 && <Alert type="warning" showIcon title={t("account.proof.fewCodes")} />}
      <Flex gap={8} wrap>
        <Button type={since ? "default" : "primary"} onClick={() => setAsk("bind")}>
          {since ? t("account.proof.replace") : t("account.proof.begin")}
        </Button>
        {since && <Button onClick={() => setAsk("codes")}>{t("account.proof.newCodes")}</Button>}
        {since && (
          <Button danger onClick={() => setAsk("remove")}>
            {t("account.proof.remove")}
          </Button>
        )}
      </Flex>
      {ask && <Dialog key={ask} ask={ask} onClose={() => setAsk(null)} onBound={onBound} />}
    </section>
  );
}
