import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Flex, Form, Input, Modal, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { AndonCall } from "../../api/floor";
import { useMay } from "../../api/session";
import { named, useLanguage } from "../../i18n/language";
import { useReportProblem } from "../ProblemView";

interface Closing {
  cause: string;
  remedy: string;
}

/** What somebody may do about an open call: come, close it with its cause, or take it back. */
export function Answers({ call }: { call: AndonCall }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const may = useMay();
  const cache = useQueryClient();
  const report = useReportProblem();
  const [closing, setClosing] = useState(false);
  const params = { params: { path: { call_id: call.id } } };
  const done = { onSettled: () => cache.invalidateQueries({ queryKey: ["andon"] }), onError: report };
  const come = useMutation({ mutationFn: () => unwrap(client.POST("/api/v1/production/andon/calls/{call_id}/acknowledge", params)), ...done });
  const withdraw = useMutation({ mutationFn: () => unwrap(client.POST("/api/v1/production/andon/calls/{call_id}/withdraw", params)), ...done });
  const close = useMutation({
    mutationFn: (body: Closing) => unwrap(client.POST("/api/v1/production/andon/calls/{call_id}/resolve", { ...params, body })),
    onSuccess: () => setClosing(false),
    ...done,
  });
  const [form] = Form.useForm<Closing>();
  if (call.state !== "called" && call.state !== "acknowledged") return null;
  const answers = may("production:andon:answer");
  return (
    <Flex gap={8} wrap="wrap" className="andon-answers">
      {answers && call.state === "called" && (
        <Button type="primary" loading={come.isPending} onClick={() => come.mutate()}>
          {t("andon.acknowledge")}
        </Button>
      )}
      {answers && (
        <Button type={call.state === "acknowledged" ? "primary" : "default"} onClick={() => setClosing(true)}>
          {t("andon.resolve")}
        </Button>
      )}
      {may("production:andon:call") && (
        <Popconfirm title={t("andon.withdrawAsk")} okText={t("andon.withdraw")} onConfirm={() => withdraw.mutate()}>
          <Button type="text" loading={withdraw.isPending}>
            {t("andon.withdraw")}
          </Button>
        </Popconfirm>
      )}
      {closing && (
        <Modal open title={`${t("andon.resolveTitle")} · ${named(language, call.kind_zh, call.kind_en)}`} okText={t("andon.resolveGo")} confirmLoading={close.isPending} onCancel={() => setClosing(false)} onOk={() => form.submit()}>
          <Form<Closing> form={form} layout="vertical" initialValues={{ cause: "", remedy: "" }} onFinish={(values) => close.mutate(values)}>
            <Form.Item name="cause" label={t("andon.cause")} rules={[{ required: true, whitespace: true, message: t("andon.cause") }]}>
              <Input maxLength={500} autoFocus />
            </Form.Item>
            <Form.Item name="remedy" label={t("andon.remedy")}>
              <Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} />
            </Form.Item>
          </Form>
        </Modal>
      )}
    </Flex>
  );
}
