import { AlignCenterOutlined, AlignLeftOutlined, AlignRightOutlined, VerticalAlignBottomOutlined, VerticalAlignMiddleOutlined, VerticalAlignTopOutlined } from "@ant-design/icons";
import { Input, InputNumber, Segmented, Select, Switch } from "antd";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";

import { changed, type LabelDocument, type LabelElement, mm, type Rotation } from "./model";
import { PictureInput } from "./PictureInput";
import { PROPERTIES, type Property } from "./properties";
import { TemplateInput } from "./TemplateInput";

interface PropertiesProps {
  document: LabelDocument;
  selected: readonly string[];
  disabled: boolean;
  onChange: (next: LabelDocument, step?: string) => void;
}

export function Row({ label, id, children, wide = false }: { label: string; id: string; children: ReactNode; wide?: boolean }) {
  return (
    <div className={wide ? "label-row wide" : "label-row"}>
      <label htmlFor={id}>{label}</label>
      {children}
    </div>
  );
}

const ALIGN_ICONS: Record<string, ReactNode> = {
  left: <AlignLeftOutlined />,
  center: <AlignCenterOutlined />,
  right: <AlignRightOutlined />,
  top: <VerticalAlignTopOutlined />,
  middle: <VerticalAlignMiddleOutlined />,
  bottom: <VerticalAlignBottomOutlined />,
};

function PropertyInput({ property, element, document, disabled, onSet }: { property: Property; element: LabelElement; document: LabelDocument; disabled: boolean; onSet: (value: unknown) => void }) {
  const { t } = useTranslation();
  const id = useId();
  const { name, kind, standard, choices = [], least, most, step, unit } = property;
  const value = (element as unknown as Record<string, unknown>)[name] ?? standard;
  const label = t(`labels.property.${name}` as "labels.property.size");
  const text = typeof value === "string" ? value : "";
  switch (kind) {
    case "switch":
      return (
        <Row label={label} id={id}>
          <Switch id={id} size="small" checked={value === true} disabled={disabled} onChange={onSet} />
        </Row>
      );
    case "number":
      return (
        <Row label={label} id={id}>
          <InputNumber
            id={id}
            size="small"
            value={typeof value === "number" ? value : null}
            {...(least === undefined ? {} : { min: least })}
            {...(most === undefined ? {} : { max: most })}
            {...(step === undefined ? {} : { step })}
            {...(unit ? { suffix: unit } : {})}
            disabled={disabled}
            onChange={(next) => next !== null && onSet(next)}
          />
        </Row>
      );
    case "choice": {
      const pictured = choices.every((choice) => choice in ALIGN_ICONS);
      return (
        <Row label={label} id={id}>
          <Segmented
            id={id}
            size="small"
            value={text}
            disabled={disabled}
            aria-label={label}
            options={choices.map((choice) => {
              const words = t(`labels.choice.${choice}` as "labels.choice.left");
              return { value: choice, label: pictured ? <span title={words}>{ALIGN_ICONS[choice]}<span className="unseen">{words}</span></span> : words };
            })}
            onChange={onSet}
          />
        </Row>
      );
    }
    case "field":
      return (
        <Row label={label} id={id} wide>
          <Select id={id} size="small" value={text} disabled={disabled} options={document.fields.map((field) => ({ value: field.id, label: field.id }))} onChange={onSet} />
        </Row>
      );
    case "picture":
      return <PictureInput label={label} disabled={disabled} onSet={onSet} />;
    case "lines":
      return (
        <Row label={label} id={id} wide>
          <Input.TextArea id={id} autoSize={{ minRows: 1, maxRows: 5 }} value={text} disabled={disabled} onChange={(event) => onSet(event.target.value)} />
        </Row>
      );
    case "template":
      return <TemplateInput label={label} value={text} fields={document.fields} disabled={disabled} onSet={onSet} />;
    case "text":
      return (
        <Row label={label} id={id} wide>
          <Input id={id} size="small" value={text} disabled={disabled} onChange={(event) => onSet(event.target.value)} />
        </Row>
      );
  }
}

function FrameInputs({ document, element, disabled, onChange }: { document: LabelDocument; element: LabelElement; disabled: boolean; onChange: PropertiesProps["onChange"] }) {
  const { t } = useTranslation();
  const id = useId();
  const set = (name: "x" | "y" | "w" | "h", value: number) =>
    onChange(changed(document, [element.id], (each) => ({ ...each, [name]: mm(value) })), `${element.id} ${name}`);
  const most = { x: document.width - element.w, y: document.height - element.h, w: document.width - element.x, h: document.height - element.y };
  return (
    <>
      <div className="label-frame">
        {(["x", "y", "w", "h"] as const).map((name) => (
          <Row key={name} label={t(`labels.frame.${name}`)} id={`${id}${name}`}>
            <InputNumber
              id={`${id}${name}`}
              size="small"
              min={name === "w" || name === "h" ? 0.5 : 0}
              max={Math.max(most[name], element[name])}
              step={0.5}
              value={element[name]}
              disabled={disabled}
              onChange={(value) => value !== null && set(name, value)}
            />
          </Row>
        ))}
      </div>
      <Row label={t("labels.property.rotate")} id={`${id}r`}>
        <Segmented
          id={`${id}r`}
          size="small"
          aria-label={t("labels.property.rotate")}
          value={element.rotate ?? 0}
          disabled={disabled}
          options={[0, 90, 180, 270].map((value) => ({ value, label: `${value}°` }))}
          onChange={(value) => onChange(changed(document, [element.id], (each) => ({ ...each, rotate: value as Rotation })))}
        />
      </Row>
    </>
  );
}

/** What can be set of the chosen element. */
export function Properties({ document, selected, disabled, onChange }: PropertiesProps) {
  const { t } = useTranslation();
  const id = useId();
  const element = selected.length === 1 ? document.elements.find((each) => each.id === selected[0]) : undefined;
  if (!element) return <p className="muted">{selected.length > 1 ? t("labels.severalChosen", { count: selected.length }) : t("labels.noneChosen")}</p>;
  const off = disabled || Boolean(element.locked);
  const set = (name: string, value: unknown) =>
    onChange(changed(document, [element.id], (each) => ({ ...each, [name]: value })), `${element.id} ${name}`);
  return (
    <div className="label-properties" key={element.id}>
      <h2>{t(`labels.type.${element.type}`)}</h2>
      {PROPERTIES[element.type].map((property) => (
        <PropertyInput key={property.name} property={property} element={element} document={document} disabled={off} onSet={(value) => set(property.name, value)} />
      ))}
      <h3>{t("labels.place")}</h3>
      <FrameInputs document={document} element={element} disabled={off} onChange={onChange} />
      <Row label={t("labels.property.name")} id={id} wide>
        <Input id={id} size="small" value={element.name ?? ""} maxLength={80} disabled={off} onChange={(event) => set("name", event.target.value)} />
      </Row>
    </div>
  );
}
