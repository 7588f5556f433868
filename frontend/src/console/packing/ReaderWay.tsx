import { Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

interface ReaderWayProps {
  readonly onRead: (codes: string[], reader: string) => void;
}

const URI = /^[a-z][a-z0-9+.-]*:\S+$/iu;

/** What a reader saw at once (tags in hex, EPC URNs or any codes, one a line): all of it goes into the open container. */
export function ReaderWay({ onRead }: ReaderWayProps) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [reader, setReader] = useState("");
  const codes = [...new Set(text.split("\n").map((line) => line.trim()).filter(Boolean))];
  const named = reader.trim() === "" || URI.test(reader.trim());
  return (
    <div className="pack-way pack-reader">
      <span>{t("packing.reader.title")}</span>
      <Input.TextArea
        className="code"
        value={text}
        autoSize={{ minRows: 2, maxRows: 8 }}
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
        placeholder={t("packing.reader.codes")}
        aria-label={t("packing.reader.codes")}
      />
      <Input
        value={reader}
        status={named ? "" : "error"}
        onChange={(event) => setReader(event.target.value)}
        placeholder={t("packing.reader.name")}
        aria-label={t("packing.reader.name")}
      />
      <Button
        disabled={codes.length === 0 || !named}
        onClick={() => {
          onRead(codes, reader.trim());
          setText("");
        }}
      >
        {t("packing.reader.go", { count: codes.length })}
      </Button>
    </div>
  );
}
