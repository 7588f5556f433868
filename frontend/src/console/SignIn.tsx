import { LockOutlined, UserOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Flex, Form, Input } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { asProblem, type Problem } from "../api/problem";
import { signIn, useSignInReason } from "../api/session";
import { Mark } from "../theme/Mark";
import { LanguageSwitch, ModeSwitch } from "./HeaderControls";
import { SignInPicture } from "./SignInPicture";
import { problemText } from "./problemText";

interface Credentials {
  login: string;
  password: string;
}

function Refusal({ problem }: { problem: Problem }) {
  const { t } = useTranslation();
  let { title, remedy } = problemText(t, problem);
  if (problem.code === "tenancy.code_wrong") {
    title = t("session.codeWrong");
    remedy = t("session.codeWrongRemedy");
  } else if (problem.status === 401) {
    title = t("session.wrong");
    remedy = t("session.wrongRemedy");
  } else if (problem.status === 429) {
    const seconds = problem.params.seconds;
    title = t("session.lockedOut");
    remedy = problem.remedy || (seconds ? t("session.lockedOutFor", { seconds }) : t("session.lockedOutRemedy"));
  }
  return <Alert type="error" showIcon role="alert" title={title} description={remedy} />;
}

const CODE_STEP = new Set(["tenancy.second_factor_needed", "tenancy.code_wrong"]);

/** The second step: the password was right, and the person has an authenticator. */
function CodeForm({ attempt, onBack }: { attempt: { isPending: boolean; error: Error | null; enter: (code: string) => void }; onBack: () => void }) {
  const { t } = useTranslation();
  const problem = attempt.error ? asProblem(attempt.error) : null;
  return (
    <Form<{ code: string }> layout="vertical" size="large" requiredMark={false} onFinish={({ code }) => attempt.enter(code)}>
      {problem && problem.code !== "tenancy.second_factor_needed" ? (
        <Refusal problem={problem} />
      ) : (
        <Alert type="info" showIcon title={t("session.codeNeeded")} role="status" />
      )}
      <Form.Item name="code" label={t("session.code")} extra={t("session.codeHelp")} rules={[{ required: true, whitespace: true, message: t("session.codeMissing") }]}>
        <Input className="code" autoComplete="one-time-code" autoCapitalize="none" spellCheck={false} autoFocus maxLength={20} />
      </Form.Item>
      <Flex vertical gap={8}>
        <Button type="primary" htmlType="submit" block loading={attempt.isPending}>
          {t("session.submit")}
        </Button>
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
    mutationFn: ({ login, password, code = null }: Credentials & { code?: string | null }) => signIn(cache, login, password, code),
    onError: (error, { login, password }) => {
      if (CODE_STEP.has(asProblem(error).code)) setProven({ login, password });
    },
  });
  if (proven) {
    const back = () => {
      attempt.reset();
      setProven(null);
    };
    return <CodeForm attempt={{ isPending: attempt.isPending, error: attempt.error, enter: (code) => attempt.mutate({ ...proven, code }) }} onBack={back} />;
  }
  return (
    <Form<Credentials> layout="vertical" size="large" requiredMark={false} onFinish={(values) => attempt.mutate(values)}>
      {attempt.error ? (
        <Refusal problem={asProblem(attempt.error)} />
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
          <SignInForm />
        </div>
      </main>
    </div>
  );
}
