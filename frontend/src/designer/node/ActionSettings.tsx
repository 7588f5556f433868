import { useQuery } from "@tanstack/react-query";
import { AutoComplete, Input, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";

import { client, unwrap } from "../../api/client";
import { useMay } from "../../api/session";
import { named, useLanguage } from "../../i18n/language";
import { type Action, itemFields, type NodeField } from "./model";
import { FieldChoices, Row } from "./Row";

interface Props {
  action: Action;
  fields: readonly NodeField[];
  readOnly: boolean;
  onChange: (settings: Action["settings"]) => void;
}

const DISPOSITIONS = ["quarantined", "non_conformant", "damaged", "unavailable"] as const;
const MOST_COPIES = 20;

const textIn = (settings: Action["settings"], name: string): string => (typeof settings[name] === "string" ? settings[name] : "");

function usePrinting() {
  const language = useLanguage();
  const reads = useMay()("coding:label:read");
  const labels = useQuery({ queryKey: ["labels"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/labels", { signal })), enabled: reads });
  const printers = useQuery({ queryKey: ["printers"], queryFn: ({ signal }) => unwrap(client.GET("/api/v1/printers", { signal })), enabled: reads });
  return {
    labels: (labels.data?.rows ?? []).map((each) => ({ value: each.key, label: `${named(language, each.title_zh, each.title_en, each.key)} · ${each.key}` })),
    printers: (printers.data?.rows ?? []).filter(({ active }) => active).map(({ code, name }) => ({ value: code, label: `${name} · ${code}` })),
  };
}

function Print({ action: { settings }, readOnly, onChange }: Props) {
  const { t } = useTranslation();
  const known = usePrinting();
  return (
    <>
      {(["label", "printer"] as const).map((name) => (
        <Row key={name} label={t(`nodes.action.${name}`)}>
          {(id) => (
            <AutoComplete id={id} disabled={readOnly} options={name === "label" ? known.labels : known.printers} value={textIn(settings, name)} maxLength={80} onChange={(text: string) => onChange({ ...settings, [name]: text })} />
          )}
        </Row>
      ))}
      <Row label={t("nodes.action.copies")}>
        {(id) => <InputNumber id={id} min={1} max={MOST_COPIES} precision={0} disabled={readOnly} value={Number(textIn(settings, "copies") || 1)} onChange={(copies) => onChange({ ...settings, copies: String(copies ?? 1) })} />}
      </Row>
    </>
  );
}

function Items({ action: { settings }, fields, readOnly, onChange }: Props) {
  const { t } = useTranslation();
  const chosen = textIn(settings, "fields").split(",").filter(Boolean);
  const label = t("nodes.action.fields");
  return (
    <Row label={label} help={t("nodes.action.fieldsHelp")}>
      {() => <FieldChoices label={label} fields={itemFields(fields)} readOnly={readOnly} value={chosen} onChange={(ids) => onChange({ ...settings, fields: ids.join(",") })} />}
    </Row>
  );
}

function Hold({ action: { settings }, readOnly, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <Row label={t("nodes.action.reason")}>
        {(id) => <Input id={id} value={textIn(settings, "reason")} maxLength={300} disabled={readOnly} onChange={(event) => onChange({ ...settings, reason: event.target.value })} />}
      </Row>
      <Row label={t("nodes.action.disposition")}>
        {(id) => (
          <Select
            id={id}
            disabled={readOnly}
            value={textIn(settings, "disposition") || DISPOSITIONS[0]}
            options={DISPOSITIONS.map((value) => ({ value, label: t(`nodes.action.dispositions.${value}`) }))}
            onChange={(disposition: string) => onChange({ ...settings, disposition })}
          />
        )}
      </Row>
    </>
  );
}

function Notify({ action: { settings }, fields, readOnly, onChange }: Props) {
  const { t } = useTranslation();
  const places = ["code", ...fields.map(({ id }) => id)].slice(0, 8).map((id) => `{${id}}`).join(" ");
  return (
    <>
      <Row label={t("nodes.action.to")} help={t("nodes.action.toHelp")}>
        {(id) => <Input id={id} value={textIn(settings, "to")} maxLength={300} disabled={readOnly} onChange={(event) => onChange({ ...settings, to: event.target.value })} />}
      </Row>
      <Row label={t("nodes.action.text")} help={t("nodes.action.textHelp", { places })}>
        {(id) => <Input.TextArea id={id} autoSize value={textIn(settings, "text")} maxLength={1000} disabled={readOnly} onChange={(event) => onChange({ ...settings, text: event.target.value })} />}
      </Row>
    </>
  );
}

function Webhook({ action: { settings }, readOnly, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <Row label={t("nodes.action.url")} help={t("nodes.action.urlHelp")}>
      {(id) => <Input id={id} className="code" type="url" value={textIn(settings, "url")} maxLength={500} disabled={readOnly} onChange={(event) => onChange({ ...settings, url: event.target.value.trim() })} />}
    </Row>
  );
}

/** What an action does, in its own words. */
export function ActionSettings(props: Props) {
  switch (props.action.kind) {
    case "print_label":
      return (
        <>
          <Print {...props} />
          <Items {...props} />
        </>
      );
    case "hold":
      return (
        <>
          <Hold {...props} />
          <Items {...props} />
        </>
      );
    case "notify":
      return <Notify {...props} />;
    case "webhook":
      return <Webhook {...props} />;
  }
}
