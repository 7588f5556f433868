import { MinusCircleOutlined, PlusOutlined } from "@ant-design/icons";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input, InputNumber, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { OpenPull } from "../../api/floor";
import { asProblem, type Problem } from "../../api/problem";
import { unitText } from "../../trace/units";
import { useLanguage } from "../../i18n/language";
import { problemText } from "../problemText";
import { materialOf, placeOf } from "./look";

interface Thing {
  code: string;
  quantity?: string;
}
interface Bringing {
  things: Thing[];
  reason?: string;
}

/** What is really brought: scanned, checked by the server, recorded as moved to the line. */
export function Deliver({ open, onClose }: { open: OpenPull; onClose: () => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { message } = App.useApp();
  const cache = useQueryClient();
  const [form] = Form.useForm<Bringing>();
  const [problem, setProblem] = useState<Problem | null>(null);
  const { call } = open;
  const unit = unitText(call.unit, t("trace.piece"));
  const bring = useMutation({
    mutationFn: ({ things, reason }: Bringing) =>
      unwrap(
        client.POST("/api/v1/production/pulls/calls/{call_id}/deliver", {
          params: { path: { call_id: call.id } },
          body: { brought: things.map(({ code, quantity }) => ({ code: code.trim(), reason: reason ?? "", ...(quantity ? { quantity } : {}) })) },
        }),
      ),
    onSuccess: ({ advice }) => {
      void cache.invalidateQueries({ queryKey: ["pulls"] });
      void message.success(t("pulls.done", { name: materialOf(call, language) }));
      for (const said of advice) void message.warning(said, 8);
      onClose();
    },
    onError: (error) => setProblem(asProblem(error)),
  });
  const said = problem && problemText(t, problem);
  return (
    <Modal open title={t("pulls.deliverTitle", { name: `${materialOf(call, language)} → ${placeOf(call, language)}` })} okText={t("pulls.deliverGo")} confirmLoading={bring.isPending} onCancel={onClose} onOk={() => form.submit()}>
      <p className="muted">{t("pulls.deliverHelp")}</p>
      {said && <Alert type="error" showIcon title={said.title} description={said.remedy} className="pull-problem" />}
      <Form<Bringing> form={form} layout="vertical" initialValues={{ things: [{ code: "" }] }} onFinish={(values) => bring.mutate(values)}>
        <Form.List name="things">
          {(fields, { add, remove }) => (
            <>
              {fields.map(({ key, name }) => (
                <div key={key} className="pull-thing">
                  <Form.Item name={[name, "code"]} label={t("pulls.scanLot")} rules={[{ required: true, whitespace: true, message: t("pulls.scanLot") }]}>
                    <Input autoFocus={name === fields.length - 1} maxLength={500} className="code" autoComplete="off" spellCheck={false} onPressEnter={(event) => event.preventDefault()} />
                  </Form.Item>
                  <Form.Item name={[name, "quantity"]} label={t("pulls.quantity")}>
                    <InputNumber<string> stringMode min="0" className="wide" placeholder={call.quantity} {...(unit ? { suffix: unit } : {})} />
                  </Form.Item>
                  {fields.length > 1 && <Button type="text" icon={<MinusCircleOutlined />} aria-label={t("pulls.removeLot")} title={t("pulls.removeLot")} onClick={() => remove(name)} />}
                </div>
              ))}
              <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({ code: "" })}>
                {t("pulls.addLot")}
              </Button>
            </>
          )}
        </Form.List>
        <Form.Item name="reason" label={t("pulls.passReason")} className="pull-reason">
          <Input maxLength={400} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
