import { Button, Input } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { useId, useRef } from "react";

import type { LabelField } from "./model";

/** A formula, with its fields a press away: `LOT {lot} EXP {expiry:%y%m%d}`. */
export function TemplateInput({ label, value, fields, disabled, onSet }: { label: string; value: string; fields: readonly LabelField[]; disabled: boolean; onSet: (value: string) => void }) {
  const id = useId();
  const input = useRef<TextAreaRef>(null);
  const insert = (field: LabelField) => {
    const area = input.current?.resizableTextArea?.textArea;
    const text = field.kind === "date" ? `{${field.id}:%y%m%d}` : `{${field.id}}`;
    const at = area?.selectionStart ?? value.length;
    onSet(value.slice(0, at) + text + value.slice(area?.selectionEnd ?? at));
    area?.focus();
  };
  return (
    <div className="label-row wide">
      <label htmlFor={id}>{label}</label>
      <Input.TextArea ref={input} id={id} className="code" autoSize={{ minRows: 1, maxRows: 4 }} value={value} disabled={disabled} spellCheck={false} onChange={(event) => onSet(event.target.value)} />
      <span className="label-insert">
        {fields.map((field) => (
          <Button key={field.id} size="small" disabled={disabled} onClick={() => insert(field)}>
            {`{${field.id}}`}
          </Button>
        ))}
      </span>
    </div>
  );
}
