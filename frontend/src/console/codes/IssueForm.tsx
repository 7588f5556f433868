import { Button, Input, InputNumber, Select } from "antd";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import { asProblem } from "../../api/problem";
import { type DefinitionRow, useDefinition } from "../../designer/definitions";
import { useNumbers } from "./numbers";
import { named, useLanguage } from "../../i18n/language";
import { ProblemView } from "../ProblemView";
import { fieldText } from "./codeTexts";
import { fieldsOf, ruleOf } from "./segments";
import { type BatchRow, clockHere, CODE_RULE, useSettled } from "./useRules";

function usePublishedRules() {
  return useQuery({
    queryKey: ["definitions", CODE_RULE, "in force"],
    queryFn: ({ signal }) => unwrap(client.GET("/api/v1/definitions", { params: { query: { kind: CODE_RULE, state: "published", limit: 500 } }, signal })),
  }).data?.rows;
}

/** How many codes are left for these fields; quiet while a field is missing or wrong, the order itself says why. */
function useLeft(rule: string | null, fields: Record<string, string>) {
  const asked = useSettled(JSON.stringify({ rule, fields }), 400);
  return useQuery({
    queryKey: ["codes-left", asked],
    queryFn: ({ signal }) => {
      const question = JSON.parse(asked) as { rule: string; fields: Record<string, string> };
      return unwrap(client.POST("/api/v1/codes/left", { body: { ...question, moment: clockHere() }, signal }));
    },
    enabled: rule !== null && asked === JSON.stringify({ rule, fields }),
    retry: false,
    gcTime: 5_000,
  });
}

function given(fields: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim() !== ""));
}

/** Order codes: a published rule, how many, its fields, what for. */
export function IssueForm({ onIssued }: { onIssued: (batch: BatchRow) => void }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const numbers = useNumbers();
  const cache = useQueryClient();
  const rules = usePublishedRules();
  const [rule, setRule] = useState<string | null>(null);
  const [count, setCount] = useState<number>(1000);
  const [fields, setFields] = useState<Record<string, string>>({});
  const [purpose, setPurpose] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const definition = useDefinition(CODE_RULE, rule ?? undefined);
  const wanted = definition.data ? fieldsOf(ruleOf(definition.data.body).segments) : [];
  const left = useLeft(rule, given(fields)).data?.left;
  const problem = error === null ? null : asProblem(error);
  const name = (row: DefinitionRow) => named(language, row.title_zh, row.title_en, row.key);

  const issue = async () => {
    if (rule === null) return;
    setBusy(true);
    setError(null);
    try {
      const body = { rule, count, fields: given(fields), moment: clockHere(), purpose, request_key: crypto.randomUUID() };
      onIssued(await unwrap(client.POST("/api/v1/codes/batches", { body })));
      await cache.invalidateQueries({ queryKey: ["codes-left"] });
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
      className="panel issue-form"
      aria-label={t("codes.issue")}
      onSubmit={(event) => {
        event.preventDefault();
        void issue();
      }}
    >
      <div className="property">
        <label htmlFor="issue-rule">{t("codes.rule")}</label>
        <Select
          id="issue-rule"
          value={rule}
          showSearch={{ optionFilterProp: "label" }}
          placeholder={t("codes.chooseRule")}
          options={(rules ?? []).map((row) => ({ value: row.key, label: name(row) }))}
          onChange={(key) => {
            setRule(key);
            setFields({});
            setError(null);
          }}
        />
      </div>
      <div className="property">
        <label htmlFor="issue-count">{t("codes.count")}</label>
        <InputNumber id="issue-count" value={count} min={1} max={20_000_000} precision={0} onChange={(value) => setCount(value ?? 1)} />
      </div>
      {wanted.map((field) => (
        <div className="property" key={field.name}>
          <label htmlFor={`issue-${field.name}`}>{fieldText(t, field.name)}</label>
          <Input
            id={`issue-${field.name}`}
            value={fields[field.name] ?? ""}
            placeholder={field.date ? "2027-11-30" : field.value}
            status={problem?.at === `/fields/${field.name}` ? "error" : ""}
            onChange={(event) => setFields({ ...fields, [field.name]: event.target.value })}
          />
        </div>
      ))}
      <div className="property">
        <label htmlFor="issue-purpose">{t("codes.purpose")}</label>
        <Input id="issue-purpose" value={purpose} maxLength={200} placeholder={t("codes.purposeHelp")} onChange={(event) => setPurpose(event.target.value)} />
      </div>
      <div className="issue-go">
        <Button type="primary" htmlType="submit" loading={busy} disabled={rule === null}>
          {t("codes.issue")}
        </Button>
        {left !== undefined && <span className="muted">{t("codes.left", { n: numbers(left) })}</span>}
      </div>
      {problem && (
        <div style={{ gridColumn: "1 / -1" }}>
          <ProblemView error={problem} />
        </div>
      )}
    </form>
  );
}
