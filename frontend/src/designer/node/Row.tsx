import { Select } from "antd";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";

import { FieldHelp, type FieldHelpName } from "../../fields/FieldHelp";
import { useLanguage } from "../../i18n/language";
import type { NodeField } from "./model";
import { labelOf } from "./names";

/** A setting with its name above it. */
export function Row({ label, help, about, children }: { label: string; help?: string; about?: FieldHelpName; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="property">
      <span className="with-help">
        <label htmlFor={id}>{label}</label>
        {about && <FieldHelp of={about} />}
      </span>
      {children(id)}
      {help && <small className="muted">{help}</small>}
    </div>
  );
}

interface ChoiceProps {
  label: string;
  fields: readonly NodeField[];
  readOnly: boolean;
  /** For a select inside a sentence, which has no label of its own beside it. */
  className?: string;
}

/** One field of the node. */
export function FieldChoice({ label, fields, readOnly, value, onChange, className }: ChoiceProps & { value: string | null; onChange: (id: string | null) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <Select
      {...(className ? { className } : {})}
      aria-label={label}
      value={value}
      disabled={readOnly}
      allowClear
      placeholder={t("nodes.chooseField")}
      status={value !== null && !fields.some(({ id }) => id === value) ? "error" : ""}
      popupMatchSelectWidth={false}
      options={fields.map((field) => ({ value: field.id, label: labelOf(field, language) }))}
      onChange={(id: string | undefined) => onChange(id ?? null)}
    />
  );
}

/** Some fields of the node. */
export function FieldChoices({ label, fields, readOnly, value, onChange, className }: ChoiceProps & { value: readonly string[]; onChange: (ids: string[]) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (
    <Select
      {...(className ? { className } : {})}
      mode="multiple"
      aria-label={label}
      value={[...value]}
      disabled={readOnly}
      placeholder={t("nodes.chooseField")}
      popupMatchSelectWidth={false}
      options={fields.map((field) => ({ value: field.id, label: labelOf(field, language) }))}
      onChange={onChange}
    />
  );
}
