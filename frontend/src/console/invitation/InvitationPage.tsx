import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Flex, Form, Input, Spin } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { Invitation } from "../../api/contract";
import { asProblem, type Problem } from "../../api/problem";
import { signIn, useSessionQuery } from "../../api/session";
import { changeLanguage, hasChosenLanguage } from "../../i18n";
import { useFormats } from "../../i18n/format";
import "../../i18n/invitation";
import { Mark } from "../../theme/Mark";
import "../account/account.css";
import { LanguageSwitch, ModeSwitch } from "../HeaderControls";
import { ProblemView } from "../ProblemView";
import { problemText } from "../problemText";

interface Chosen {
  password: string;
  again: string;
}

const isAboutPassword = (problem: Problem) => problem.field?.includes("password") ?? false;
const home = () => globalThis.location.replace("/");

/** Choose the password and sign in with it; where a second factor is asked for as well, the sign-in page does that. */
function useChoosing(secret: string, login: string, onError: (error: Error) => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async (password: string) => {
      await unwrap(client.POST("/api/v1/session/invitation/accept", { body: { secret, password } }));
      await signIn(cache, { login, password }).catch(() => undefined);
    },
    onSuccess: home,
    onError,
  });
}

function Choice({ secret, invitation }: { secret: string; invitation: Invitation }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [form] = Form.useForm<Chosen>();
  const choosing = useChoosing(secret, invitation.login, (error) => {
    const problem = asProblem(error);
    const { title, remedy } = problemText(t, problem);
    if (isAboutPassword(problem)) form.setFields([{ name: "password", errors: [`${title} ${remedy}`] }]);
  });
  const n = invitation.password_length;
  return (
    <>
      <h1>{t(invitation.resets ? "invitation.welcomeBack" : "invitation.welcome", { name: invitation.name })}</h1>
      <p>{invitation.resets ? t("invitation.resetText") : t("invitation.text", { company: invitation.company })}</p>
      <section className="panel">
        {choosing.error && !isAboutPassword(asProblem(choosing.error)) && <ProblemView error={choosing.error} />}
        <Form<Chosen> form={form} layout="vertical" size="large" requiredMark={false} onFinish={({ password }) => choosing.mutate(password)}>
          <Form.Item label={t("invitation.login")} htmlFor="invited">
            <Input id="invited" className="code" autoComplete="username" value={invitation.login} readOnly />
          </Form.Item>
          <Form.Item
            name="password"
            label={t("invitation.password")}
            extra={t("invitation.passwordHelp", { n })}
            rules={[
              { required: true, message: t("list.required") },
              { min: n, message: t("invitation.passwordShort", { n }) },
            ]}
          >
            <Input.Password autoComplete="new-password" autoFocus />
          </Form.Item>
          <Form.Item
            name="again"
            label={t("invitation.again")}
            dependencies={["password"]}
            rules={[
              { required: true, message: t("list.required") },
              ({ getFieldValue }) => ({
                validator: (_rule, value: string | undefined) =>
                  !value || getFieldValue("password") === value ? Promise.resolve() : Promise.reject(new Error(t("invitation.differs"))),
              }),
            ]}
          >
            <Input.Password autoComplete="new-password" />
          </Form.Item>
          <Button type="primary" htmlType="submit" block loading={choosing.isPending}>
            {t("invitation.submit")}
          </Button>
        </Form>
      </section>
      <p className="muted">{t("invitation.until", { time: formats.dateTime(invitation.expires) })}</p>
    </>
  );
}

function Opened({ secret }: { secret: string }) {
  const { t } = useTranslation();
  const session = useSessionQuery(); // whose answer, whatever it is, brings the page's safety token
  const told = useQuery({
    queryKey: ["invitation", secret],
    queryFn: ({ signal }) => unwrap(client.POST("/api/v1/session/invitation", { body: { secret }, signal })),
    enabled: session.isFetched,
    retry: false,
    staleTime: Infinity,
  });
  const language = told.data?.language;
  useEffect(() => {
    if (language && !hasChosenLanguage()) void changeLanguage(language);
  }, [language]);
  if (told.data) return <Choice secret={secret} invitation={told.data} />;
  if (!told.error) return <Spin aria-label={t("shell.loading")} />;
  return (
    <>
      <ProblemView error={told.error} />
      <Button onClick={home}>{t("invitation.toSignIn")}</Button>
    </>
  );
}

/** Where an invitation's link leads: whoever holds it chooses their password. What stands behind the # is sent nowhere but in a body. */
export default function InvitationPage() {
  const { t } = useTranslation();
  const [secret] = useState(() => globalThis.location.hash.slice(1));
  useEffect(() => {
    document.title = `${t("invitation.title")} · ${t("shell.productLong")}`;
  }, [t]);
  return (
    <main className="duties account">
      <Flex justify="space-between" align="center" gap={12}>
        <Mark size={40} title={t("shell.productLong")} />
        <Flex gap={4}>
          <LanguageSwitch />
          <ModeSwitch />
        </Flex>
      </Flex>
      {secret ? <Opened secret={secret} /> : <Alert type="warning" showIcon title={t("invitation.incomplete")} description={t("invitation.incompleteText")} />}
    </main>
  );
}
