import { KeyOutlined, LockOutlined, UserOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Flex, Form, Input } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { asProblem, type Problem } from "../api/problem";
import { askPasskey, passkeysWork } from "../api/passkeys";
import { type Credentials, signIn, signInByPasskey, useSignInReason } from "../api/session";
import { Mark } from "../theme/Mark";
import { LanguageSwitch, ModeSwitch } from "./HeaderControls";
import { ProviderRefusal, SignInProviders } from "./SignInProviders";
import { SignInPicture } from "./SignInPicture";
import { problemText } from "./problemText";

function Refusal({ problem }: { problem: Problem }) {
  const { t } = useTranslation();
  let { title, remedy } = problemText(t, problem);
  if (problem.code === "tenancy.code_wrong") {
    title = t("session.codeWrong");
    remedy = t("session.codeWrongRemedy");
  } else if (problem.code === "tenancy.wrong_credentials") {
    title = t("session.wrong");
    remedy = t("session.wrongRemedy");
  } else if (problem.status === 429) {
    const seconds = problem.params.seconds;
    title = t("session.lockedOut");
    remedy = problem.remedy || (seconds ? t("session.lockedOutFor", { seconds }) : t("session.lockedOutRemedy"));
  }
  return <Alert type="error" showIcon role="alert" title={title} description={remedy} />;
}

const CODE_STEP = new Set(["tenancy.second_factor_needed", "tenancy.passkey_needed", "tenancy.code_wrong"]);
const ASKED = new Set(["tenancy.second_factor_needed", "tenancy.passkey_needed"]);

interface SecondStep {
  isPending: boolean;
  error: Error | null;
  enter: (code: string) => void;
  usePasskey: () => void;
}

/** The second step: the password was right, and the person has an authenticator or a passkey. */
function CodeForm({ attempt, onBack }: { attempt: SecondStep; onBack: () => void }) {
  const { t } = useTranslation();
  const problem = attempt.error ? asProblem(attempt.error) : null;
  return (
    <Form<{ code: string }> layout="vertical" size="large" requiredMark={false} onFinish={({ code }) => attempt.enter(code)}>
      {problem && !ASKED.has(problem.code) ? (
        <Refusal problem={problem} />
      ) : (
        <Alert type="info" showIcon title={t("session.codeNeeded")} role="status" />
      )}
      <Form.Item name="code" label={t("session.code")} extra={t("session.codeHelp")} rules={[{ required: true, whitespace: true, message: t("session.codeMissing") }]}>
        <Input className="code" autoComplete="one-time-code" autoCapitalize="none" spellCheck={false} autoFocus maxLength={40} />
      </Form.Item>
      <Flex vertical gap={8}>
        <Button type="primary" htmlType="submit" block loading={attempt.isPending}>
          {t("session.submit")}
        </Button>
        {passkeysWork() && (
          <Button icon={<KeyOutlined aria-hidden />} block onClick={attempt.usePasskey}>
            {t("session.passkey")}
          </Button>
        )}
        <Button type="text" block onClick={onBack}>
          {t("session.back")}
        </Button>
      </Flex>
    </Form>
  );
}

function SignInForm() {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const reason = useSignInReason((state) => state.reason);
  const [proven, setProven] = useState<Credentials | null>(null);
  const attempt = useMutation({
    mutationFn: (given: Credentials) => signIn(cache, given),
    onError: (error, { login, password }) => {
      if (CODE_STEP.has(asProblem(error).code)) setProven({ login, password });
    },
  });
  const byPasskey = useMutation({ mutationFn: () => signInByPasskey(cache) });
  const second = useMutation({
    mutationFn: async (given: Credentials) => signIn(cache, { ...given, passkey: await askPasskey() }),
  });
  if (proven) {
    const step: SecondStep = {
      isPending: attempt.isPending || second.isPending,
      error: second.error ?? attempt.error,
      enter: (code) => {
        second.reset();
        attempt.mutate({ ...proven, code });
      },
      usePasskey: () => second.mutate(proven),
    };
    const back = () => {
      attempt.reset();
      second.reset();
      setProven(null);
    };
    return <CodeForm attempt={step} onBack={back} />;
  }
  return (
    <Form<Credentials> layout="vertical" size="large" requiredMark={false} onFinish={(values) => attempt.mutate(values)}>
      {(attempt.error ?? byPasskey.error) ? (
        <Refusal problem={asProblem(attempt.error ?? byPasskey.error)} />
      ) : (
        reason && <Alert type="info" showIcon title={t(`session.${reason}`)} role="status" />
      )}
      <Form.Item name="login" label={t("session.login")} rules={[{ required: true, whitespace: true, message: t("session.loginNeeded") }]}>
        <Input prefix={<UserOutlined aria-hidden />} autoComplete="username" autoCapitalize="none" spellCheck={false} autoFocus />
      </Form.Item>
      <Form.Item name="password" label={t("session.password")} rules={[{ required: true, message: t("session.passwordNeeded") }]}>
        <Input.Password prefix={<LockOutlined aria-hidden />} autoComplete="current-password" />
      </Form.Item>
      <Button type="primary" htmlType="submit" block loading={attempt.isPending}>
        {t("session.submit")}
      </Button>
      {passkeysWork() && (
        <Button className="sign-in-other" icon={<KeyOutlined aria-hidden />} block loading={byPasskey.isPending} onClick={() => byPasskey.mutate()}>
          {t("session.passkey")}
        </Button>
      )}
      <SignInProviders />
    </Form>
  );
}

/** Shown in place of any page while nobody is signed in; the address stays, so the person returns to where they were. */
export default function SignIn() {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${t("session.title")} · ${t("shell.productLong")}`;
  }, [t]);
  return (
    <div className="sign-in">
      <header className="sign-in-story">
        <div className="sign-in-brand">
          <Mark size={40} />
          <strong>{t("shell.product")}</strong>
        </div>
        <SignInPicture />
        <p className="sign-in-slogan">{t("shell.slogan")}</p>
        <ul>
          <li>{t("session.point1")}</li>
          <li>{t("session.point2")}</li>
          <li>{t("session.point3")}</li>
        </ul>
      </header>
      <main className="sign-in-main">
        <Flex justify="flex-end" gap={4} className="sign-in-tools">
          <LanguageSwitch />
          <ModeSwitch />
        </Flex>
        <div className="sign-in-form">
          <h1>{t("session.welcome")}</h1>
          <p>{t("session.subtitle")}</p>
          <ProviderRefusal />
          <SignInForm />
        </div>
      </main>
    </div>
  );
}
