import { CloseCircleFilled } from "@ant-design/icons";
import { Select } from "antd";
import { useTranslation } from "react-i18next";

import type { Choice } from "../api/vocabulary";

interface ChoiceFieldProps {
  id?: string;
  label: string;
  value: string | undefined;
  choices: readonly Choice[];
  onChange: (value: string) => void;
}

/** One of many, with search in both the name and the code; an address may name a value the list does not know yet. */
export function ChoiceField({ id, label, value, choices, onChange }: ChoiceFieldProps) {
  const { t } = useTranslation();
  const options = value && !choices.some((choice) => choice.value === value) ? [{ value, label: value }, ...choices] : [...choices];
  const clearing = { clearIcon: <CloseCircleFilled />, label: t("list.clear") }; // the button is named, in the page's language
  return (
    <Select
      {...(id ? { id } : {})}
      className="wide"
      aria-label={label}
      allowClear={clearing}
      showSearch={{ filterOption: (typed, option) => `${option?.label ?? ""} ${option?.value ?? ""}`.toLowerCase().includes(typed.toLowerCase()) }}
      placeholder={t("list.any")}
      value={value ?? null}
      options={options}
      onChange={(chosen: string | null | undefined) => onChange(chosen ?? "")}
    />
  );
}
