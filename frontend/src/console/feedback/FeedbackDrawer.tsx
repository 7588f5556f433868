import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, Descriptions, Drawer, Flex, Form, Input, Tag } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { client, unwrap } from "../../api/client";
import type { Feedback } from "../../api/contract";
import { useMay } from "../../api/session";
import { useFormats } from "../../i18n/format";
import { ProblemView } from "../ProblemView";
import { KIND_TONE, STATE_TONE } from "./tones";

interface Answer {
  answer: string;
  close: boolean;
}

function AnswerForm({ row, onDone }: { row: Feedback; onDone: () => void }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<Answer>();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const close = Form.useWatch("close", form);
  const send = async (body: Answer) => {
    setBusy(true);
    try {
      await unwrap(client.POST("/api/v1/feedback/{feedback_id}/answer", { params: { path: { feedback_id: row.id } }, body }));
      await cache.invalidateQueries({ queryKey: ["feedback"] });
      void message.success(t("list.saved"));
      onDone();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Form<Answer> form={form} layout="vertical" initialValues={{ answer: row.answer, close: row.state === "closed" }} onFinish={(values) => void send(values)}>
      {error !== null && <ProblemView error={error} />}
      <Form.Item name="answer" label={t("feedback.answer")} extra={t("feedback.answerHelp")} rules={close ? [] : [{ required: true, whitespace: true, message: t("list.required") }]}>
        <Input.TextArea rows={4} maxLength={2000} />
      </Form.Item>
      <Form.Item name="close" valuePropName="checked" extra={t("feedback.closeHelp")}>
        <Checkbox>{t("feedback.close")}</Checkbox>
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={busy}>
        {t("feedback.answerSend")}
      </Button>
    </Form>
  );
}

/** The PDA is an application of its own, which the console's links do not lead to. */
function ToPage({ address, onLeave }: { address: string; onLeave: () => void }) {
  const { t } = useTranslation();
  if (/^\/pda(?:[#?/]|$)/.test(address)) return <a href={address}>{t("feedback.toPage")}</a>;
  return (
    <Link to={address} onClick={onLeave}>
      {t("feedback.toPage")}
    </Link>
  );
}

/** One piece of feedback with the screen it is about, to be answered. */
export function FeedbackDrawer({ row, onClose }: { row: Feedback; onClose: () => void }) {
  const { t } = useTranslation();
  const { dateTime } = useFormats();
  const answers = useMay()("portal:feedback:answer");
  const items = [
    { key: "writer", label: t("feedback.column.writer"), children: row.writer },
    { key: "written", label: t("feedback.column.written"), children: <span className="num">{dateTime(row.written)}</span> },
    { key: "page", label: t("feedback.column.page"), children: <><span>{row.page}</span> <ToPage address={row.address} onLeave={onClose} /></> },
    { key: "look", label: t("feedback.field.theme"), children: `${t(`feedback.theme.${row.theme === "dark" ? "dark" : "light"}`)} · ${row.language} · ${row.screen}` },
    { key: "version", label: t("feedback.field.version"), children: row.version },
    ...(row.failed_request ? [{ key: "request", label: t("feedback.field.request"), children: <span className="code">{row.failed_request}</span> }] : []),
  ];
  return (
    <Drawer open onClose={onClose} size={560} title={t("feedback.detail")}>
      <Flex vertical gap={16}>
        <div>
          <Tag color={KIND_TONE[row.kind]}>{t(`feedback.kind.${row.kind}`)}</Tag>
          <Tag color={STATE_TONE[row.state]}>{t(`feedback.state.${row.state}`)}</Tag>
        </div>
        <p className="feedback-words">{row.words}</p>
        {row.pictured && <img className="feedback-shown" src={`/api/v1/feedback/${row.id}/picture`} alt={t("feedback.picture")} />}
        <Descriptions column={1} size="small" items={items} />
        {row.answered && <p className="muted">{t("feedback.answeredBy", { name: row.answered_by ?? "", when: dateTime(row.answered) })}</p>}
        {answers ? <AnswerForm row={row} onDone={onClose} /> : <p className="feedback-words">{row.answer}</p>}
      </Flex>
    </Drawer>
  );
}
