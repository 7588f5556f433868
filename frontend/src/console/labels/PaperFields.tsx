import { Form, InputNumber, Segmented } from "antd";
import { useTranslation } from "react-i18next";

import { type Paper, PAPER_FIELDS } from "./paper";

interface PaperFieldsProps {
  /** None: one label a page, for a roll. */
  paper: Paper | null;
  fitting: Paper;
  onChange: (paper: Paper | null) => void;
}

const COUNTED: readonly (keyof Paper)[] = ["columns", "rows", "first"];

/** A roll with one label a page, or sheets with their measures. */
export function PaperFields({ paper, fitting, onChange }: PaperFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Form.Item label={t("labels.paper.on")}>
        <Segmented
          aria-label={t("labels.paper.on")}
          value={paper ? "sheets" : "roll"}
          options={(["roll", "sheets"] as const).map((value) => ({ value, label: t(`labels.paper.${value}`) }))}
          onChange={(chosen) => onChange(chosen === "roll" ? null : fitting)}
        />
      </Form.Item>
      {paper && (
        <div className="label-values three">
          {PAPER_FIELDS.map((name) => (
            <Form.Item key={name} label={t(`labels.paper.field.${name}`)} htmlFor={`paper-${name}`}>
              <InputNumber
                id={`paper-${name}`}
                min={name === "columns" || name === "rows" ? 1 : 0}
                {...(COUNTED.includes(name) ? { precision: 0 } : { step: 0.5 })}
                value={paper[name]}
                onChange={(value) => value !== null && onChange({ ...paper, [name]: value })}
              />
            </Form.Item>
          ))}
        </div>
      )}
    </>
  );
}
