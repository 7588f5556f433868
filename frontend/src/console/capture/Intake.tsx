import { InboxOutlined } from "@ant-design/icons";
import { Button, Flex, Input, Radio, Tabs, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { ErrorBehaviour } from "../../api/capture";
import { addToQueue } from "./queue";

function Behaviour({ value, onChange }: { value: ErrorBehaviour; onChange: (value: ErrorBehaviour) => void }) {
  const { t } = useTranslation();
  const choices: ErrorBehaviour[] = ["rollback", "proceed"];
  return (
    <fieldset className="behaviour">
      <legend>{t("capture.behaviour")}</legend>
      <Radio.Group value={value} onChange={(event) => onChange(event.target.value as ErrorBehaviour)}>
        {choices.map((choice) => (
          <Radio key={choice} value={choice}>
            {t(`capture.${choice}`)}
            <small className="muted">{t(`capture.${choice}Help`)}</small>
          </Radio>
        ))}
      </Radio.Group>
    </fieldset>
  );
}

function Paste({ behaviour }: { behaviour: ErrorBehaviour }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [fault, setFault] = useState("");
  const send = () => {
    if (!text.trim()) {
      setFault(t("capture.pasteEmpty"));
      return;
    }
    try {
      JSON.parse(text);
    } catch (error) {
      setFault(t("capture.pasteNotJson", { reason: error instanceof Error ? error.message : "" }));
      return;
    }
    addToQueue([{ name: t("capture.pasteName"), body: new Blob([text], { type: "application/json" }) }], behaviour);
    setText("");
    setFault("");
  };
  return (
    <Flex vertical gap={8} align="flex-start">
      <Input.TextArea
        className="code"
        rows={8}
        value={text}
        onChange={(event) => setText(event.target.value)}
        aria-label={t("capture.paste")}
        aria-invalid={fault !== ""}
        placeholder={t("capture.paste")}
        status={fault ? "error" : ""}
        spellCheck={false}
      />
      {fault && (
        <span role="alert" className="tone-error">
          {fault}
        </span>
      )}
      <Button type="primary" onClick={send}>
        {t("capture.pasteSend")}
      </Button>
    </Flex>
  );
}

/** The way in: files dropped or chosen, or text pasted, and what to do when something in them is wrong. */
export function Intake() {
  const { t } = useTranslation();
  const [behaviour, setBehaviour] = useState<ErrorBehaviour>("rollback");
  return (
    <section className="panel intake">
      <Tabs
        items={[
          {
            key: "files",
            label: t("capture.fileTab"),
            children: (
              <Upload.Dragger
                multiple
                accept=".json,.jsonld,application/json,application/ld+json"
                showUploadList={false}
                beforeUpload={(file, files) => {
                  // called once for each file with all of them: queue the whole drop once, in order
                  if (file === files[0]) addToQueue(files.map((each) => ({ name: each.name, body: each })), behaviour);
                  return false;
                }}
              >
                <InboxOutlined className="intake-icon" aria-hidden />
                <p className="intake-title">{t("capture.drop")}</p>
                <p className="muted">{t("capture.dropHelp")}</p>
              </Upload.Dragger>
            ),
          },
          { key: "paste", label: t("capture.pasteTab"), children: <Paste behaviour={behaviour} /> },
        ]}
      />
      <Behaviour value={behaviour} onChange={setBehaviour} />
    </section>
  );
}
