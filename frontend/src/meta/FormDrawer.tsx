import { App, Button, Drawer, Flex, Form } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { asProblem, type Problem } from "../api/problem";
import { ProblemView } from "../console/ProblemView";
import { problemText } from "../console/problemText";
import { fieldFault, type FormField } from "./form";
import { FormItem } from "./FormItem";

interface FormDrawerProps<Values extends object> {
  title: string;
  fields: readonly FormField[];
  initial: Values;
  submitLabel?: string;
  onSubmit: (values: Values) => Promise<unknown>;
  onClose: () => void;
  width?: number;
}

function FormBody<Values extends object>({ title, fields, initial, submitLabel, onSubmit, onClose, width = 520 }: FormDrawerProps<Values>) {
  const { t } = useTranslation();
  const { modal, message } = App.useApp();
  const [form] = Form.useForm<Values>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  const close = () => {
    if (!form.isFieldsTouched()) {
      onClose();
      return;
    }
    modal.confirm({
      title: t("list.discard.title"),
      content: t("list.discard.text"),
      okText: t("list.discard.ok"),
      cancelText: t("list.discard.cancel"),
      onOk: onClose,
    });
  };

  const refuse = (error: unknown) => {
    const refusal = asProblem(error);
    const { title: what, remedy } = problemText(t, refusal);
    const fault = fieldFault(fields, refusal, [what, remedy].filter(Boolean).join(" "));
    if (!fault) {
      setProblem(refusal);
      return;
    }
    form.setFields([{ name: fault.name as never, errors: [fault.message] }]);
    form.scrollToField(fault.name, { focus: true });
  };

  const submit = async (values: Values) => {
    setBusy(true);
    setProblem(null);
    try {
      await onSubmit({ ...initial, ...values });
      void message.success(t("list.saved"));
      onClose();
    } catch (error) {
      refuse(error);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Drawer
      open
      onClose={close}
      size={width}
      title={title}
      mask={{ closable: false }}
      footer={
        <Flex gap={8} justify="flex-end">
          <Button onClick={close}>{t("list.cancel")}</Button>
          <Button type="primary" loading={busy} onClick={() => form.submit()}>
            {submitLabel ?? t("list.save")}
          </Button>
        </Flex>
      }
    >
      {problem && <ProblemView error={problem} />}
      <Form<Values> form={form} layout="vertical" initialValues={initial} onFinish={(values) => void submit(values)} scrollToFirstError={{ focus: true }}>
        {fields.map((field) => (
          <FormItem key={field.name} field={field} />
        ))}
        {/* Enter in a field submits */}
        <button type="submit" hidden />
      </Form>
    </Drawer>
  );
}

/** A form in a drawer, drawn from its field descriptions; what the server refuses shows at the field it points to. */
export function FormDrawer<Values extends object>({ open, ...props }: FormDrawerProps<Values> & { open: boolean }) {
  return open ? <FormBody<Values> {...props} /> : null;
}
