import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input } from "antd";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import { asProblem, type Problem } from "../../api/problem";
import { useSession } from "../../api/session";
import { ProblemView } from "../ProblemView";
import { problemText } from "../problemText";
import { PROOF_KEY, useProof } from "./proof";

const PASSWORD_MIN = 10;
interface Passwords {
  old: string;
  new: string;
  again: string;
}

/** The field a refusal is about: the server calls the new one `password`. */
function fieldOf(problem: Problem): "old" | "new" | null {
  if (problem.field?.includes("old")) return "old";
  return problem.field?.includes("new") || problem.field?.includes("password") ? "new" : null;
}

/** Change one's own password. `onChanged`: where something waits for it. */
export function PasswordForm({ onChanged }: { onChanged?: () => void }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const { user } = useSession();
  const cache = useQueryClient();
  const length = useProof().data?.policy.password_length ?? PASSWORD_MIN;
  const [form] = Form.useForm<Passwords>();
  const change = useMutation({
    mutationFn: (values: Passwords) => unwrap(client.POST("/api/v1/session/password", { body: { old: values.old, new: values.new } })),
    onSuccess: () => {
      void message.success(t("account.changed"));
      form.resetFields();
      void cache.invalidateQueries({ queryKey: PROOF_KEY });
      onChanged?.();
    },
    onError: (error) => {
      const problem = asProblem(error);
      const { title, remedy } = problemText(t, problem);
      const name = fieldOf(problem);
      if (name) form.setFields([{ name, errors: [`${title} ${remedy}`] }]);
    },
  });
  const atField = change.error !== null && fieldOf(asProblem(change.error)) !== null;
  return (
    <section className="panel">
      <h2>{t("account.password")}</h2>
      {change.error && !atField && <ProblemView error={change.error} />}
      <Form<Passwords> form={form} layout="vertical" requiredMark={false} onFinish={(values) => change.mutate(values)}>
        <input type="text" name="username" autoComplete="username" value={user.login} readOnly hidden />
        <Form.Item name="old" label={t("account.old")} rules={[{ required: true, message: t("list.required") }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item
          name="new"
          label={t("account.new")}
          extra={t("account.newHelp", { n: length })}
          rules={[
            { required: true, message: t("list.required") },
            { min: length, message: t("account.tooShort", { n: length }) },
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Form.Item
          name="again"
          label={t("account.again")}
          dependencies={["new"]}
          rules={[
            { required: true, message: t("list.required") },
            ({ getFieldValue }) => ({
              validator: (_rule, value: string | undefined) =>
                !value || getFieldValue("new") === value ? Promise.resolve() : Promise.reject(new Error(t("account.differs"))),
            }),
          ]}
        >
          <Input.Password autoComplete="new-password" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t("account.change")}
        </Button>
      </Form>
    </section>
  );
}
