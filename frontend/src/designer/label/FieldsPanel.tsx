import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { App, Button, Input, InputNumber, Select, Space } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import { asProblem } from "../../api/problem";
import { problemText } from "../../console/problemText";
import type { LabelDocument, LabelField } from "./model";
import { Row } from "./Properties";

interface FieldsPanelProps {
  document: LabelDocument;
  disabled: boolean;
  onChange: (next: LabelDocument, step?: string) => void;
}

const FIELD = /^[a-z][a-z0-9_]*$/;

function Sizes({ document, disabled, onChange }: FieldsPanelProps) {
  const { t } = useTranslation();
  const id = useId();
  const limits = { width: [5, 300], height: [5, 600], gap: [0, 50] } as const;
  return (
    <div className="label-frame three">
      {(["width", "height", "gap"] as const).map((name) => (
        <Row key={name} label={t(`labels.size.${name}`)} id={`${id}${name}`}>
          <InputNumber
            id={`${id}${name}`}
            size="small"
            min={limits[name][0]}
            max={limits[name][1]}
            step={1}
            value={document[name] ?? 2}
            disabled={disabled}
            onChange={(value) => value !== null && onChange({ ...document, [name]: value }, `size ${name}`)}
          />
        </Row>
      ))}
    </div>
  );
}

function OneField({ field, disabled, onSet, onRemove }: { field: LabelField; disabled: boolean; onSet: (next: LabelField) => void; onRemove: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <li>
      <span className="label-field-head">
        <Input
          id={id}
          size="small"
          className="code"
          aria-label={t("labels.field.id")}
          value={field.id}
          status={FIELD.test(field.id) ? "" : "error"}
          disabled={disabled}
          onChange={(event) => onSet({ ...field, id: event.target.value })}
        />
        <Select
          size="small"
          aria-label={t("labels.field.kind")}
          value={field.kind ?? "text"}
          disabled={disabled}
          options={(["text", "date", "number"] as const).map((value) => ({ value, label: t(`labels.kind.${value}`) }))}
          onChange={(kind) => onSet({ ...field, kind })}
        />
        <Button type="text" size="small" icon={<DeleteOutlined />} aria-label={t("labels.field.remove", { name: field.id })} disabled={disabled} onClick={onRemove} />
      </span>
      <Input
        size="small"
        aria-label={t("labels.field.sample", { name: field.id })}
        placeholder={field.kind === "date" ? "2027-12-31" : t("labels.field.samplePlaceholder")}
        value={field.sample ?? ""}
        disabled={disabled}
        onChange={(event) => onSet({ ...field, sample: event.target.value })}
      />
    </li>
  );
}

/** Size of the label, the fields it asks for, and the test data that it is previewed with. */
export function FieldsPanel({ document, disabled, onChange }: FieldsPanelProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const [code, setCode] = useState("");
  const set = (index: number, next: LabelField) =>
    onChange({ ...document, fields: document.fields.map((field, at) => (at === index ? next : field)) }, `field ${index}`);
  const add = () => {
    const taken = new Set(document.fields.map(({ id }) => id));
    let number = 1;
    while (taken.has(`field${number}`)) number += 1;
    onChange({ ...document, fields: [...document.fields, { id: `field${number}`, kind: "text", sample: "" }] });
  };
  const fill = async () => {
    try {
      const { values } = await unwrap(client.GET("/api/v1/labels/values", { params: { query: { code: code.trim() } } }));
      const known = values as Record<string, string>;
      onChange({ ...document, fields: document.fields.map((field) => ({ ...field, sample: known[field.id] ?? field.sample ?? "" })) });
    } catch (error) {
      const { title, remedy } = problemText(t, asProblem(error));
      void message.error([title, remedy].filter(Boolean).join(" "));
    }
  };
  return (
    <div className="label-properties">
      <h2>{t("labels.label")}</h2>
      <Sizes document={document} disabled={disabled} onChange={onChange} />
      <div className="label-panel-head">
        <h3>{t("labels.fields")}</h3>
        <Button type="text" size="small" icon={<PlusOutlined />} disabled={disabled} onClick={add}>
          {t("labels.field.add")}
        </Button>
      </div>
      <ul className="label-fields">
        {document.fields.map((field, index) => (
          <OneField
            key={index}
            field={field}
            disabled={disabled}
            onSet={(next) => set(index, next)}
            onRemove={() => onChange({ ...document, fields: document.fields.filter((_, at) => at !== index) })}
          />
        ))}
      </ul>
      {document.fields.length > 0 && (
        <Space.Compact block>
          <Input size="small" aria-label={t("labels.fillFromCode")} placeholder={t("labels.fillFromCode")} value={code} onChange={(event) => setCode(event.target.value)} onPressEnter={() => void fill()} />
          <Button size="small" disabled={!code.trim() || disabled} onClick={() => void fill()}>
            {t("labels.fill")}
          </Button>
        </Space.Compact>
      )}
    </div>
  );
}
