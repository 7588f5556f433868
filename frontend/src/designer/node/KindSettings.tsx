import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { AutoComplete, Button, Checkbox, Input, InputNumber, Radio, Select } from "antd";
import { useTranslation } from "react-i18next";

import { type NodeField, type Option, SCAN_CLASSES, type ScanClass } from "./model";
import { CascadeSettings } from "./CascadeSettings";
import { Row } from "./Row";

interface Props {
  field: NodeField;
  readOnly: boolean;
  set: (change: Partial<NodeField>) => void;
}

/** Usual units by their codes of UN/ECE Recommendation 20; any other can be typed. */
export const UNITS = ["KGM", "GRM", "TNE", "LTR", "MTR", "MMT", "CEL", "BAR", "KPA", "SEC", "MIN", "HUR", "P1", "VLT", "AMP", "NU"] as const;

/** Usual currencies by ISO 4217; any other can be typed. */
const CURRENCIES = ["CNY", "USD", "EUR", "HKD", "JPY", "KRW", "TWD", "GBP"];

function ScanSettings({ field, readOnly, set }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <Row label={t("nodes.property.classes")} help={t("nodes.property.classesHelp")}>
        {(id) => (
          <Select<ScanClass[]>
            id={id}
            mode="multiple"
            value={field.classes ?? []}
            disabled={readOnly}
            placeholder={t("nodes.property.anyClass")}
            options={SCAN_CLASSES.map((name) => ({ value: name, label: t(`nodes.class.${name}`) }))}
            onChange={(classes) => set({ classes })}
          />
        )}
      </Row>
      <Row label={t("nodes.property.duplicate")}>
        {(id) => (
          <Radio.Group
            id={id}
            value={field.duplicate}
            disabled={readOnly}
            optionType="button"
            size="small"
            options={(["refuse", "ignore", "ask"] as const).map((value) => ({ value, label: t(`nodes.duplicate.${value}`) }))}
            onChange={(event) => set({ duplicate: event.target.value as "refuse" })}
          />
        )}
      </Row>
      <Checkbox checked={field.advance ?? true} disabled={readOnly} onChange={(event) => set({ advance: event.target.checked })}>
        {t("nodes.property.advance")}
      </Checkbox>
    </>
  );
}

/** Decimals and limits of a number; before them its unit, currency or nothing. */
function NumberSettings({ field, readOnly, set }: Props) {
  const { t } = useTranslation();
  const bound = (name: "min" | "max") => (
    <Row label={t(`nodes.property.${name}`)}>
      {(id) => <InputNumber<string> id={id} stringMode value={field[name] === null || field[name] === undefined ? null : String(field[name])} disabled={readOnly} onChange={(next) => set({ [name]: next })} />}
    </Row>
  );
  return (
    <div className="property-pair">
      {field.kind === "number" && <UnitSetting field={field} readOnly={readOnly} set={set} />}
      {field.kind === "money" && (
        <Row label={t("nodes.property.currency")}>
          {(id) => (
            <AutoComplete
              id={id}
              value={field.currency ?? "CNY"}
              disabled={readOnly}
              options={CURRENCIES.map((value) => ({ value }))}
              onChange={(currency: string) => set({ currency: currency.toUpperCase().slice(0, 3) })}
            />
          )}
        </Row>
      )}
      <Row label={t("nodes.property.decimals")}>
        {(id) => <InputNumber id={id} min={0} max={10} precision={0} value={field.decimals ?? 3} disabled={readOnly} onChange={(next) => set({ decimals: next ?? 0 })} />}
      </Row>
      {bound("min")}
      {bound("max")}
    </div>
  );
}

function UnitSetting({ field, readOnly, set }: Props) {
  const { t } = useTranslation();
  return (
    <Row label={t("nodes.property.unit")}>
      {(id) => (
        <AutoComplete
          id={id}
          value={field.unit ?? ""}
          disabled={readOnly}
          placeholder={t("nodes.property.pieces")}
          popupMatchSelectWidth={false}
          options={UNITS.map((unit) => ({ value: unit, label: `${unit} · ${t(`nodes.unit.${unit}`)}` }))}
          onChange={(unit: string) => set({ unit: unit.slice(0, 8) })}
        />
      )}
    </Row>
  );
}

function Options({ field, readOnly, set }: Props) {
  const { t } = useTranslation();
  const options = field.options ?? [];
  const change = (at: number, next: Partial<Option>) => set({ options: options.map((each, number) => (number === at ? { ...each, ...next } : each)) });
  const free = () => {
    let number = options.length + 1;
    while (options.some(({ value }) => value === `option_${number}`)) number += 1;
    return `option_${number}`;
  };
  return (
    <fieldset className="node-options">
      <legend>{t("nodes.property.options")}</legend>
      {options.map((option, at) => (
        <div key={at}>
          {(["label_zh", "label_en", "value"] as const).map((name) => (
            <Input
              key={name}
              value={option[name]}
              disabled={readOnly}
              maxLength={80}
              aria-label={t("nodes.property.option", { number: at + 1, what: t(`nodes.property.${name}`) })}
              placeholder={t(`nodes.property.${name}`)}
              status={option[name] === "" ? "error" : ""}
              className={name === "value" ? "code" : ""}
              onChange={(event) => change(at, { [name]: event.target.value })}
            />
          ))}
          {!readOnly && <Button type="text" icon={<DeleteOutlined />} aria-label={t("nodes.property.removeOption", { number: at + 1 })} onClick={() => set({ options: options.filter((_, number) => number !== at) })} />}
        </div>
      ))}
      {!readOnly && (
        <Button size="small" icon={<PlusOutlined />} onClick={() => set({ options: [...options, { value: free(), label_zh: "", label_en: "" }] })}>
          {t("nodes.property.addOption")}
        </Button>
      )}
    </fieldset>
  );
}

function Most({ field, readOnly, set, least, most }: Props & { least: number; most: number }) {
  const { t } = useTranslation();
  return (
    <Row label={t(`nodes.property.most_${field.kind as "text"}`)}>
      {(id) => <InputNumber id={id} min={least} max={most} precision={0} value={Number(field.max ?? most)} disabled={readOnly} onChange={(next) => next !== null && set({ max: next })} />}
    </Row>
  );
}

/** What only this kind of field has. */
export function KindSettings(props: Props) {
  const { t } = useTranslation();
  const { field, readOnly, set } = props;
  switch (field.kind) {
    case "scan":
      return <ScanSettings {...props} />;
    case "number":
    case "percent":
    case "money":
      return <NumberSettings {...props} />;
    case "formula":
      return <UnitSetting {...props} />;
    case "choice":
      return <Options {...props} />;
    case "text":
      return <Most {...props} least={1} most={4000} />;
    case "rating":
      return <Most {...props} least={2} most={10} />;
    case "photo":
    case "file":
      return <Most {...props} least={1} most={9} />;
    case "cascade":
      return <CascadeSettings options={field.options ?? []} readOnly={readOnly} onChange={(options) => set({ options })} />;
    case "duration":
      return <Most {...props} least={1} most={3_599_999} />;
    case "voice":
      return <Most {...props} least={5} most={300} />;
    case "columns":
      return (
        <Row label={t("nodes.property.count")} help={t("nodes.property.countHelp")}>
          {(id) => <InputNumber id={id} min={1} max={4} precision={0} value={field.count ?? 2} disabled={readOnly} onChange={(next) => next !== null && set({ count: next })} />}
        </Row>
      );
    case "lookup":
      return (
        <Row label={t("nodes.property.of")}>
          {(id) => (
            <Select
              id={id}
              value={field.of ?? "product"}
              disabled={readOnly}
              options={(["product", "place", "person", "equipment"] as const).map((value) => ({ value, label: t(`nodes.class.${value}`) }))}
              onChange={(of) => set({ of })}
            />
          )}
        </Row>
      );
    default:
      return null;
  }
}
