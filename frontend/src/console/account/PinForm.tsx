import { useMutation, useQueryClient } from "@tanstack/react-query";
import { App, Button, Form, Input, Tag } from "antd";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import { ProblemView } from "../ProblemView";
import { PROOF_KEY, useProof } from "./proof";

interface Values {
  password: string;
  pin: string;
}

/** One's own PIN: with the badge it opens a station on the shop floor. */
export function PinForm() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const proof = useProof().data;
  const [form] = Form.useForm<Values>();
  const change = useMutation({
    mutationFn: (values: Values) => unwrap(client.POST("/api/v1/session/pin", { body: values })),
    onSuccess: () => {
      void message.success(t("account.pin.changed"));
      form.resetFields();
      void cache.invalidateQueries({ queryKey: PROOF_KEY });
    },
  });
  return (
    <section className="panel">
      <h2>{t("account.pin.title")}</h2>
      <p>
        <Tag color={proof?.has_pin ? "success" : "default"}>{proof?.has_pin ? t("account.pin.on") : t("account.pin.off")}</Tag>{" "}
        {proof?.badge ? t("account.pin.badge", { badge: proof.badge }) : t("account.pin.noBadge")}
      </p>
      {change.error && <ProblemView error={change.error} />}
      <Form<Values> name="station" form={form} layout="vertical" requiredMark={false} onFinish={(values) => change.mutate(values)}>
        <Form.Item name="password" label={t("account.old")} rules={[{ required: true, message: t("list.required") }]}>
          <Input.Password autoComplete="current-password" />
        </Form.Item>
        <Form.Item name="pin" label={t("account.pin.new")} extra={t("account.pin.help")} rules={[{ required: true, message: t("list.required") }, { pattern: /^\d{4,12}$/u, message: t("account.pin.help") }]}>
          <Input.Password inputMode="numeric" autoComplete="off" maxLength={12} />
        </Form.Item>
        <Button htmlType="submit" loading={change.isPending}>
          {t("account.pin.change")}
        </Button>
      </Form>
    </section>
  );
}
