import { useQueryClient } from "@tanstack/react-query";
import { Button, Form, Input, Modal, Radio, Typography } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import type { EventDetail } from "../../api/contract";
import type { components } from "../../api/schema";
import { useMay } from "../../api/session";
import { useReportProblem } from "../ProblemView";

type Reading = components["schemas"]["Reading"];

interface Answers {
  kind: "void" | "replace";
  reason: string;
  values?: Record<string, string>;
}

/** What was entered in a field, as text to edit: one line for each of several. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(shown).join("\n");
  if (typeof value === "object" && value !== null && "raw" in value) return String(value.raw);
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** The edited text in the shape that the field had. */
function edited(before: unknown, text: string): unknown {
  if (Array.isArray(before))
    return text
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean);
  if (typeof before === "boolean") return text === "true";
  return text.trim();
}

/** The entry that the event was made of; nothing for events that came in another way. */
function readingOf(event: EventDetail): Reading | null {
  const kept = event.reading;
  return kept && typeof kept.node === "string" && typeof kept.values === "object" ? (kept as unknown as Reading) : null;
}

function replacementOf(event: EventDetail, before: Reading, values: Record<string, string>): Reading {
  const changed = Object.entries(before.values).map(([name, value]) => [name, shown(value) === values[name] ? value : edited(value, values[name] ?? "")] as const);
  const entered = Object.fromEntries(changed.filter(([, value]) => value !== ""));
  const how = Object.fromEntries(changed.map(([name, value]) => [name, value === before.values[name] ? (before.how[name] ?? "manual") : "manual"] as const));
  return {
    id: crypto.randomUUID(),
    node: before.node,
    version: before.version,
    taken: event.time,
    values: entered,
    how,
    person: before.person,
    station: before.station,
    sequence: 0,
    overrides: [],
  };
}

/** Voids an event or says what was so instead, with the reason; both versions stay visible. */
export function CorrectEvent({ event }: { event: EventDetail }) {
  const { t } = useTranslation();
  const may = useMay();
  const cache = useQueryClient();
  const report = useReportProblem();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [form] = Form.useForm<Answers>();
  const kind = Form.useWatch("kind", form);
  const reading = readingOf(event);
  if (!may("capture:reading:correct") || event.voided || event.voided_by || event.voids) return null;

  const save = async ({ kind: chosen, reason, values }: Answers) => {
    setBusy(true);
    try {
      const replacement = chosen === "replace" && reading ? replacementOf(event, reading, values ?? {}) : null;
      await unwrap(client.POST("/api/v1/capture/corrections", { body: { event: event.number, reason, replacement } }));
      setOpen(false);
      await cache.invalidateQueries();
    } catch (error) {
      report(error);
    } finally {
      setBusy(false);
    }
  };
  const initial = { kind: reading ? "replace" : "void", reason: "", values: Object.fromEntries(Object.entries(reading?.values ?? {}).map(([name, value]) => [name, shown(value)])) };
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t("events.correct.begin")}</Button>
      <Modal
        open={open}
        title={t("events.correct.title", { number: event.number })}
        okText={t("events.correct.save")}
        okButtonProps={{ danger: kind === "void", loading: busy }}
        onOk={() => form.submit()}
        onCancel={() => setOpen(false)}
        destroyOnHidden
      >
        <Form form={form} layout="vertical" initialValues={initial} onFinish={(answers) => void save(answers)}>
          <Typography.Paragraph>{t("events.correct.text")}</Typography.Paragraph>
          {reading && (
            <Form.Item name="kind" label={t("events.correct.kind")}>
              <Radio.Group
                options={[
                  { value: "replace", label: t("events.correct.replace") },
                  { value: "void", label: t("events.correct.void") },
                ]}
              />
            </Form.Item>
          )}
          {reading &&
            kind === "replace" &&
            Object.keys(reading.values).map((name) => (
              <Form.Item key={name} name={["values", name]} label={name}>
                {Array.isArray(reading.values[name]) ? <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} /> : <Input />}
              </Form.Item>
            ))}
          <Form.Item name="reason" label={t("events.correct.reason")} rules={[{ required: true, whitespace: true, message: t("events.correct.reasonNeeded") }]}>
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
        </Form>
      </Modal>
    </>
  );
}
