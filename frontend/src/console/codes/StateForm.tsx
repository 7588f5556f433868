import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Flex, Input, InputNumber, Radio, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import { ProblemView } from "../ProblemView";
import type { Batch, CodeState } from "./useRules";

const NEXT = ["printed", "applied", "spoiled", "missing", "void"] as const satisfies readonly CodeState[];
const NEEDS_REASON: readonly CodeState[] = ["spoiled", "missing", "void"];

/** Move codes into another state: a range of the batch, or the codes that were scanned. */
export function StateForm({ batch }: { batch: Batch }) {
  const { t } = useTranslation();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const last = batch.row.count;
  const [by, setBy] = useState<"range" | "codes">("range");
  const [range, setRange] = useState({ from: 1, to: last });
  const [codes, setCodes] = useState("");
  const [state, setState] = useState<CodeState>("printed");
  const [reason, setReason] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const scanned = codes.split(/[\r\n]+/).map((code) => code.trim()).filter(Boolean);

  const apply = async () => {
    setBusy(true);
    setError(null);
    try {
      const moved =
        by === "codes"
          ? await unwrap(client.POST("/api/v1/codes/states", { body: { codes: scanned, state, reason } }))
          : await unwrap(
              client.POST("/api/v1/codes/batches/{batch_id}/states", {
                params: { path: { batch_id: batch.row.id } },
                body: { first: range.from - 1, last: range.to - 1, state, reason },
              }),
            );
      void message.success(t("codes.moved", { n: moved.changed, m: moved.unchanged }));
      setCodes("");
      await cache.invalidateQueries({ queryKey: ["batches"] });
    } catch (refusal) {
      setError(refusal);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
      className="panel properties"
      aria-label={t("codes.move")}
      onSubmit={(event) => {
        event.preventDefault();
        void apply();
      }}
    >
      <h2>{t("codes.move")}</h2>
      <Radio.Group value={by} onChange={(event) => setBy(event.target.value as "range" | "codes")} aria-label={t("codes.which")}>
        <Radio value="range">{t("codes.byRange")}</Radio>
        <Radio value="codes">{t("codes.byCodes")}</Radio>
      </Radio.Group>
      {by === "range" ? (
        <Flex gap={12}>
          <div className="property">
            <label htmlFor="state-from">{t("codes.from")}</label>
            <InputNumber id="state-from" min={1} max={last} precision={0} value={range.from} onChange={(value) => setRange({ ...range, from: value ?? 1 })} />
          </div>
          <div className="property">
            <label htmlFor="state-to">{t("codes.to")}</label>
            <InputNumber id="state-to" min={1} max={last} precision={0} value={range.to} onChange={(value) => setRange({ ...range, to: value ?? last })} />
          </div>
        </Flex>
      ) : (
        <div className="property">
          <label htmlFor="state-codes">{t("codes.scanned", { n: scanned.length })}</label>
          <Input.TextArea id="state-codes" className="code" value={codes} autoSize={{ minRows: 4, maxRows: 10 }} onChange={(event) => setCodes(event.target.value)} />
        </div>
      )}
      <div className="property">
        <label htmlFor="state-state">{t("codes.becomes")}</label>
        <Select id="state-state" value={state} options={NEXT.map((each) => ({ value: each, label: t(`codes.state.${each}`) }))} onChange={setState} />
      </div>
      {NEEDS_REASON.includes(state) && (
        <div className="property">
          <label htmlFor="state-reason">{t("codes.reason")}</label>
          <Input id="state-reason" value={reason} maxLength={300} onChange={(event) => setReason(event.target.value)} />
        </div>
      )}
      <Button type="primary" htmlType="submit" loading={busy} danger={state === "void"} disabled={by === "codes" && scanned.length === 0}>
        {t("codes.apply")}
      </Button>
      {error !== null && <ProblemView error={error} />}
    </form>
  );
}
