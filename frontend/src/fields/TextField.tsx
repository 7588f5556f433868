import { Input } from "antd";
import { useState } from "react";
import { CLEARABLE } from "./clearable";

interface TextFieldProps {
  id?: string;
  label: string;
  value: string | undefined;
  placeholder?: string;
  onChange: (value: string) => void;
}

/** A text filter that takes effect on Enter or on leaving, not on every key: each change asks the server. */
export function TextField({ id, label, value = "", placeholder, onChange }: TextFieldProps) {
  const [draft, setDraft] = useState({ from: value, text: value });
  // another value came in through the address: drop the draft
  const text = draft.from === value ? draft.text : value;
  const commit = (next: string) => {
    if (next.trim() !== value) onChange(next.trim());
  };
  return (
    <Input
      {...(id ? { id } : {})}
      aria-label={label}
      allowClear={CLEARABLE}
      value={text}
      placeholder={placeholder}
      onChange={(event) => {
        setDraft({ from: value, text: event.target.value });
        // the clear button changes the value without a key
        if (event.target.value === "" && event.type === "click") commit("");
      }}
      onPressEnter={() => commit(text)}
      onBlur={() => commit(text)}
      spellCheck={false}
    />
  );
}
