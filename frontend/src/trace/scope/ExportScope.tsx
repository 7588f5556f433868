import { DownloadOutlined } from "@ant-design/icons";
import { Button, Dropdown, Modal, Progress } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { reach, requestHeaders } from "../../api/client";
import { problemOf } from "../../api/problem";
import { useReportProblem } from "../../console/ProblemView";
import { useFormats } from "../../i18n/format";
import { bodyOf, type Question, type ScopeAnswer } from "./question";

const FORMATS = ["xlsx", "parquet", "ndjson"] as const;
type Format = (typeof FORMATS)[number];

interface Told {
  readonly done?: number;
  readonly total?: number;
  readonly file?: { readonly id: string; readonly name: string };
}

/** Read the lines of progress; the last one names the file. */
async function follow(response: Response, onProgress: (told: Told) => void): Promise<string | null> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let file: string | null = null;
  for (;;) {
    const piece = await reader?.read();
    if (!piece || piece.done) return file;
    const lines = (rest + piece.value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines.filter(Boolean)) {
      const told = JSON.parse(line) as Told;
      onProgress(told);
      file = told.file?.id ?? file;
    }
  }
}

/** The whole scope as a file: made on the server with progress, cancelled by closing, then saved by the browser. */
export function ExportScope({ question, answer }: { question: Question; answer: ScopeAnswer }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const report = useReportProblem();
  const [progress, setProgress] = useState<Told | null>(null);
  const leaving = useRef<AbortController | null>(null);
  const save = async (format: Format): Promise<void> => {
    const controller = new AbortController();
    leaving.current = controller;
    setProgress({});
    try {
      const response = await reach("/api/v1/trace/scope/export", {
        method: "POST",
        credentials: "same-origin",
        headers: { ...requestHeaders("POST"), "Content-Type": "application/json" },
        body: JSON.stringify({ ...bodyOf(question), answer: answer.id, format }),
        signal: controller.signal,
      });
      if (!response.ok) throw await problemOf(response);
      const file = await follow(response, setProgress);
      if (file === null) throw new Error(t("scope.export.broken"));
      globalThis.location.assign(`/api/v1/trace/scope/files/${file}`);
    } catch (error) {
      if (!controller.signal.aborted) report(error);
    } finally {
      setProgress(null);
    }
  };
  const percent = progress?.total ? Math.floor((100 * (progress.done ?? 0)) / progress.total) : 0;
  return (
    <>
      <Dropdown
        trigger={["click"]}
        menu={{ items: FORMATS.map((format) => ({ key: format, label: t(`scope.export.${format}`) })), onClick: ({ key }) => void save(FORMATS.find((format) => format === key) ?? "xlsx") }}
      >
        <Button icon={<DownloadOutlined />} loading={progress !== null}>
          {t("scope.export.label")}
        </Button>
      </Dropdown>
      <Modal open={progress !== null} title={t("scope.export.making")} onCancel={() => leaving.current?.abort()} mask={{ closable: false }} footer={<Button onClick={() => leaving.current?.abort()}>{t("scope.cancel")}</Button>}>
        <Progress percent={percent} aria-label={t("scope.export.making")} />
        <p className="muted num" role="status">
          {progress?.total !== undefined && t("scope.export.progress", { done: formats.number(progress.done ?? 0), total: formats.number(progress.total) })}
        </p>
      </Modal>
    </>
  );
}
