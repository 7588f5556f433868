import { FileTextOutlined } from "@ant-design/icons";
import { Button, DatePicker, Input } from "antd";
import dayjs from "dayjs";
import { type DragEvent, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useFormats } from "../../i18n/format";
import { type Question, splitCodes } from "./question";

interface CodesStartProps {
  readonly draft: Question;
  readonly onDraft: (draft: Question) => void;
  readonly onAsk: () => void;
}

/** Codes typed, scanned, pasted from a list, or out of a file; one is as good as ten thousand. */
export function CodesStart({ draft, onDraft, onAsk }: CodesStartProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const id = useId();
  const file = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(draft.codes.join("\n"));
  const [over, setOver] = useState(false);
  const enter = (next: string): void => {
    setText(next);
    onDraft({ ...draft, codes: splitCodes(next), skipUnknown: false });
  };
  const read = async (chosen: File | undefined): Promise<void> => {
    if (chosen) enter([...splitCodes(text), ...splitCodes(await chosen.text())].join("\n"));
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    void read(event.dataTransfer.files[0]);
  };
  return (
    <div
      className={over ? "scope-codes scope-codes-over" : "scope-codes"}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div className="scope-codes-box">
        <label htmlFor={`${id}codes`}>{t("scope.codes.label")}</label>
        <Input.TextArea
          id={`${id}codes`}
          className="code"
          value={text}
          autoSize={{ minRows: 3, maxRows: 9 }}
          placeholder={t("scope.codes.placeholder")}
          spellCheck={false}
          onChange={(event) => enter(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) onAsk();
          }}
        />
        <div className="scope-codes-foot">
          <span className="muted num" role="status">
            {draft.codes.length > 0 ? t("scope.codes.count", { count: draft.codes.length, shown: formats.number(draft.codes.length) }) : t("scope.codes.hint")}
          </span>
          <Button type="link" size="small" icon={<FileTextOutlined />} onClick={() => file.current?.click()}>
            {t("scope.codes.file")}
          </Button>
          <input
            ref={file}
            type="file"
            accept=".txt,.csv,.tsv,text/plain,text/csv"
            hidden
            aria-label={t("scope.codes.file")}
            onChange={(event) => {
              void read(event.target.files?.[0]);
              event.target.value = "";
            }}
          />
        </div>
      </div>
      <div className="option scope-since">
        <label htmlFor={`${id}since`}>{t(`scope.since.${draft.direction}`)}</label>
        <DatePicker
          id={`${id}since`}
          showTime
          className="wide"
          value={draft.since === null ? null : dayjs(draft.since)}
          placeholder={t(`scope.since.${draft.direction}Ever`)}
          onChange={(value: dayjs.Dayjs | null) => onDraft({ ...draft, since: value?.toISOString() ?? null })}
        />
        <small className="muted">{t(`scope.since.${draft.direction}Help`)}</small>
      </div>
    </div>
  );
}
