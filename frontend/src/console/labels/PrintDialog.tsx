import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Form, Input, InputNumber, Modal, Select } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { client, unwrap } from "../../api/client";
import type { LabelField, Printer } from "../../api/labels";
import { asProblem, type Problem } from "../../api/problem";
import { useMay } from "../../api/session";
import { type LabelDocument, samplesOf } from "../../designer/label/model";
import { named, useLanguage } from "../../i18n/language";
import { ProblemView } from "../ProblemView";
import { type Paper, paperFor } from "./paper";
import { PaperFields } from "./PaperFields";
import { savePosted } from "./postedFile";
import { rowsFrom } from "./rows";

interface PrintDialogProps {
  labelKey: string;
  /** A draft to print once for looking at, with its samples. */
  document?: LabelDocument;
  pdf?: boolean;
  /** Codes chosen elsewhere. */
  codes?: readonly string[];
  /** Of the label, in millimetres: for sheets that take as many as fit. */
  size?: { width: number; height: number };
  onClose: () => void;
}

function usePrinters() {
  return useQuery({
    queryKey: ["printers"],
    queryFn: ({ signal }): Promise<{ rows: Printer[] }> => unwrap(client.GET("/api/v1/printers", { signal })),
  });
}

function useFields(key: string, wanted: boolean) {
  return useQuery({
    queryKey: ["labels", key, "fields"],
    queryFn: ({ signal }): Promise<{ rows: LabelField[] }> => unwrap(client.GET("/api/v1/labels/{key}/fields", { params: { path: { key } }, signal })),
    enabled: wanted,
    retry: false,
  });
}

/** Print a label: from codes, one a line, or from values; a draft prints one test label. */
export function PrintDialog({ labelKey, document, pdf = false, codes = [], size = { width: 60, height: 40 }, onClose }: PrintDialogProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const may = useMay();
  const { notification } = App.useApp();
  const printers = usePrinters();
  const fields = useFields(labelKey, !document);
  const [text, setText] = useState(codes.join("\n"));
  const [values, setValues] = useState<Record<string, string>>({});
  const [printer, setPrinter] = useState<number | null>(null);
  const [copies, setCopies] = useState(1);
  const [reason, setReason] = useState("");
  const [paper, setPaper] = useState<Paper | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const usable = (printers.data?.rows ?? []).filter(({ active }) => active);
  const chosen = printer ?? usable[0]?.id ?? null;
  const rows = useMemo(() => (document ? [samplesOf(document)] : rowsFrom(text, values)), [document, text, values]);
  const again = problem?.code === "coding.label_reprint_reason";

  const run = async () => {
    setBusy(true);
    setProblem(null);
    try {
      if (pdf) {
        await savePosted(`/api/v1/labels/${labelKey}/pdf`, { rows, paper, reason }, `${labelKey}.pdf`);
        void cache.invalidateQueries({ queryKey: ["print-jobs"] });
      } else {
        const body = { label_key: labelKey, printer_id: chosen ?? 0, rows, copies, reason, ...(document ? { body: { ...document } } : {}) };
        const job = await unwrap(client.POST("/api/v1/print-jobs", { body }));
        void cache.invalidateQueries({ queryKey: ["print-jobs"] });
        notification.success({
          title: t("labels.queued", { count: job.labels, printer: job.printer_name }),
          actions: (
            <Button size="small" onClick={() => void navigate("/labels/jobs")}>
              {t("labels.log")}
            </Button>
          ),
        });
      }
      onClose();
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Modal
      open
      title={document ? t("labels.testPrint") : pdf ? t("labels.makePdf") : t("labels.print")}
      onCancel={onClose}
      onOk={() => void run()}
      okText={pdf ? t("labels.makePdf") : t("labels.printCount", { count: rows.length * copies })}
      cancelText={t("list.cancel")}
      okButtonProps={{ loading: busy, disabled: rows.length === 0 || (!pdf && chosen === null) }}
      width={560}
    >
      {problem && <ProblemView error={problem} />}
      <Form layout="vertical" className="label-print">
        {!document && (
          <>
            <Form.Item label={t("labels.codes")} extra={t("labels.codesHelp")} htmlFor="label-codes">
              <Input.TextArea id="label-codes" className="code" rows={4} value={text} spellCheck={false} onChange={(event) => setText(event.target.value)} />
            </Form.Item>
            <div className="label-values">
              {fields.data?.rows.map((field) => (
                <Form.Item key={field.id} label={named(language, field.title_zh, field.title_en, field.id)} htmlFor={`value-${field.id}`}>
                  <Input
                    id={`value-${field.id}`}
                    placeholder={field.sample}
                    value={values[field.id] ?? ""}
                    onChange={(event) => setValues({ ...values, [field.id]: event.target.value })}
                  />
                </Form.Item>
              ))}
            </div>
          </>
        )}
        {pdf && <PaperFields paper={paper} fitting={paperFor(size)} onChange={setPaper} />}
        {!pdf && (
          <div className="label-values">
            <Form.Item label={t("labels.printer")} htmlFor="label-printer">
              <Select
                id="label-printer"
                value={chosen}
                onChange={setPrinter}
                options={usable.map(({ id, name, dpi, language: tongue }) => ({ value: id, label: `${name} · ${tongue.toUpperCase()} ${dpi} dpi` }))}
              />
            </Form.Item>
            <Form.Item label={t("labels.copies")} htmlFor="label-copies">
              <InputNumber id="label-copies" min={1} max={100} value={copies} onChange={(value) => setCopies(value ?? 1)} />
            </Form.Item>
          </div>
        )}
        {!pdf && printers.data && usable.length === 0 && <Alert type="info" showIcon title={t("labels.noPrinters")} />}
        {(again || reason) && (
          <Form.Item label={t("labels.reason")} htmlFor="label-reason" {...(may("coding:label:reprint") ? {} : { extra: t("labels.reprintRight") })}>
            <Input id="label-reason" maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
