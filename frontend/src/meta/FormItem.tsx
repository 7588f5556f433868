import { AutoComplete, DatePicker, Form, Input, InputNumber, type FormItemProps, Select, Switch } from "antd";
import dayjs from "dayjs";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { FormField } from "./form";

const includes = (typed: string, option?: { label: string; value: string }) => `${option?.label ?? ""} ${option?.value ?? ""}`.toLowerCase().includes(typed.toLowerCase());

function control(field: FormField): ReactNode {
  switch (field.kind) {
    case "text":
      return <Input autoComplete={field.autoComplete ?? "off"} spellCheck={false} maxLength={field.max} className={field.code ? "code" : ""} />;
    case "password":
      return <Input.Password autoComplete={field.autoComplete} />;
    case "choice":
      return <Select options={[...field.choices]} />;
    case "suggestion":
      return <AutoComplete options={[...field.choices]} showSearch={{ filterOption: includes }} {...(field.max === undefined ? {} : { maxLength: field.max })} />;
    case "number":
      return <InputNumber min={field.least} max={field.most} precision={0} suffix={field.unit} className="wide" />;
    case "switch":
      return <Switch />;
    case "date":
      return <DatePicker className="wide" disabledDate={(day) => day.isBefore(dayjs(), "day")} />;
    case "custom":
      return field.control;
  }
}

/** One field: label, control, rules in the reader's language. Dates travel as ISO times, the end of the chosen day. */
export function FormItem({ field }: { field: FormField }) {
  const { t } = useTranslation();
  const rules: NonNullable<FormItemProps["rules"]> = [];
  if (field.required) {
    // a control of its own may bring a list, or one value
    const some = { validator: (_: unknown, value: unknown) => (value === null || value === undefined || value === "" || (Array.isArray(value) && value.length === 0) ? Promise.reject(new Error(t("list.required"))) : Promise.resolve()) };
    const kind = field.kind === "custom" ? some : field.kind === "text" || field.kind === "suggestion" ? { whitespace: true } : {};
    rules.push({ required: true, message: t("list.required"), ...kind });
  }
  if (field.max !== undefined) rules.push({ max: field.max, message: t("list.tooLong", { max: field.max }) });
  if (field.kind === "text" && field.pattern) rules.push({ pattern: field.pattern, ...(field.patternText ? { message: field.patternText } : {}) });
  const date =
    field.kind === "date"
      ? {
          getValueProps: (value: string | null) => ({ value: value ? dayjs(value) : null }),
          normalize: (value: dayjs.Dayjs | null) => value?.endOf("day").toISOString() ?? null,
        }
      : {};
  return (
    <Form.Item
      name={field.name}
      label={field.label}
      rules={rules}
      validateTrigger="onBlur"
      {...(field.help ? { extra: field.help } : {})}
      {...(field.kind === "switch" ? { valuePropName: "checked" } : {})}
      {...date}
    >
      {control(field)}
    </Form.Item>
  );
}
