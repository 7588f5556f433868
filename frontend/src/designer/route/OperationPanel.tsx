import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input, InputNumber, Select, Switch, Upload } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { FieldHelp, type FieldHelpName } from "../../fields/FieldHelp";
import type { Choice } from "../../api/vocabulary";
import { type Instruction, LINK_WHENS, linkId, OPERATION_KINDS, type Operation, type Parameter, removeOperation, type RouteBody, type RouteLink } from "./model";

export interface PanelChoices {
  nodes: readonly Choice[];
  steps: readonly Choice[];
  places: readonly Choice[];
  workCentres: readonly Choice[];
  classes: readonly Choice[];
  toolClasses: readonly Choice[];
  qualifications: readonly Choice[];
  parameters: readonly Choice[];
}

const MOST_PICTURE_BYTES = 200_000;

function Labelled({ label, help, about, children }: { label: string; help?: string; about?: FieldHelpName; children: ReactNode }) {
  const labelled = (
    <label className="route-field">
      <span>{label}</span>
      {children}
      {help && <small className="muted">{help}</small>}
    </label>
  );
  return about ? (
    <div className="with-help">
      {labelled}
      <FieldHelp of={about} />
    </div>
  ) : (
    labelled
  );
}

const find = { optionFilterProp: "label" } as const;

function Parameters({ rows, choices, onChange }: { rows: readonly Parameter[]; choices: readonly Choice[]; onChange: (rows: Parameter[]) => void }) {
  const { t } = useTranslation();
  const put = (at: number, change: Partial<Parameter>) => onChange(rows.map((row, number) => (number === at ? { ...row, ...change } : row)));
  return (
    <fieldset className="route-rows">
      <legend>{t("making.route.parameters")}</legend>
      {rows.map((row, at) => (
        <div key={at} className="route-parameter">
          <Select<string[]> mode="tags" maxCount={1} aria-label={t("making.route.parameterType")} placeholder={t("making.route.parameterType")} value={row.type ? [row.type] : []} options={[...choices]} onChange={(type) => put(at, { type: type.at(-1) ?? "" })} showSearch={find} />
          <InputNumber<string> stringMode aria-label={t("making.route.low")} placeholder={t("making.route.low")} value={row.low} onChange={(low) => put(at, { low: low ?? null })} />
          <InputNumber<string> stringMode aria-label={t("making.route.high")} placeholder={t("making.route.high")} value={row.high} onChange={(high) => put(at, { high: high ?? null })} />
          <Input aria-label={t("making.unit")} placeholder={t("making.unit")} maxLength={8} value={row.uom} onChange={(event) => put(at, { uom: event.target.value })} />
          <Button type="text" icon={<DeleteOutlined />} aria-label={t("making.remove")} onClick={() => onChange(rows.toSpliced(at, 1))} />
        </div>
      ))}
      <Button size="small" icon={<PlusOutlined />} onClick={() => onChange([...rows, { type: "", uom: "", low: null, high: null, target: null }])}>
        {t("making.route.addParameter")}
      </Button>
    </fieldset>
  );
}

function Instructions({ rows, onChange }: { rows: readonly Instruction[]; onChange: (rows: Instruction[]) => void }) {
  const { t } = useTranslation();
  const put = (at: number, change: Partial<Instruction>) => onChange(rows.map((row, number) => (number === at ? { ...row, ...change } : row)));
  const picture = (at: number, file: Blob) => {
    const reader = new FileReader();
    reader.onload = () => put(at, { picture: typeof reader.result === "string" ? reader.result : null });
    if (file.size <= MOST_PICTURE_BYTES) reader.readAsDataURL(file);
    return false;
  };
  return (
    <fieldset className="route-rows">
      <legend>{t("making.route.instructions")}</legend>
      {rows.map((row, at) => (
        <div key={at} className="route-instruction">
          <Input.TextArea aria-label={t("making.route.textZh")} placeholder={t("making.route.textZh")} autoSize maxLength={1000} value={row.text_zh} onChange={(event) => put(at, { text_zh: event.target.value })} />
          <Input.TextArea aria-label={t("making.route.textEn")} placeholder={t("making.route.textEn")} autoSize maxLength={1000} value={row.text_en} onChange={(event) => put(at, { text_en: event.target.value })} />
          {row.picture && <img src={row.picture} alt={row.text_zh} />}
          <span className="route-instruction-foot">
            <Upload accept="image/png,image/jpeg,image/webp" showUploadList={false} beforeUpload={(file) => picture(at, file)}>
              <Button size="small">{t(row.picture ? "making.route.otherPicture" : "making.route.addPicture")}</Button>
            </Upload>
            <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t("making.remove")} onClick={() => onChange(rows.toSpliced(at, 1))} />
          </span>
        </div>
      ))}
      <Button size="small" icon={<PlusOutlined />} onClick={() => onChange([...rows, { text_zh: "", text_en: "", picture: null }])}>
        {t("making.route.addInstruction")}
      </Button>
    </fieldset>
  );
}

interface OperationPanelProps {
  operation: Operation;
  route: RouteBody;
  choices: PanelChoices;
  onChange: (change: Partial<Operation>, tag?: string) => void;
  onRoute: (route: RouteBody) => void;
  onRemoved: () => void;
}

/** Everything about one operation. */
export function OperationPanel({ operation, route, choices, onChange, onRoute, onRemoved }: OperationPanelProps) {
  const { t } = useTranslation();
  const starts = route.start.includes(operation.id);
  const text = (name: "name_zh" | "name_en", label: string) => (
    <Labelled label={label}>
      <Input maxLength={80} value={operation[name]} onChange={(event) => onChange({ [name]: event.target.value }, name)} />
    </Labelled>
  );
  const one = (name: "node" | "step" | "work_centre" | "equipment_class", label: string, options: readonly Choice[], help?: string) => (
    <Labelled label={label} {...(help ? { help } : {})} {...(name === "work_centre" ? { about: "routeWorkCentre" as const } : {})}>
      <Select allowClear showSearch={find} aria-label={label} value={operation[name]} options={[...options]} onChange={(value: string | undefined) => onChange({ [name]: value ?? null })} />
    </Labelled>
  );
  const many = (name: "places" | "qualifications" | "tool_classes", label: string, options: readonly Choice[]) => (
    <Labelled label={label}>
      <Select mode="tags" showSearch={find} aria-label={label} value={operation[name]} options={[...options]} onChange={(value: string[]) => onChange({ [name]: value })} />
    </Labelled>
  );
  return (
    <div className="route-panel-body">
      {text("name_zh", t("making.nameZh"))}
      {text("name_en", t("making.nameEn"))}
      <Labelled label={t("making.route.kind")} about="routeKind">
        <Select aria-label={t("making.route.kind")} value={operation.kind} options={OPERATION_KINDS.map((value) => ({ value, label: t(`making.route.kinds.${value}`) }))} onChange={(kind) => onChange({ kind })} />
      </Labelled>
      {one("node", t("making.route.node"), choices.nodes, t("making.route.nodeHelp"))}
      {one("step", t("making.route.step"), choices.steps)}
      {many("places", t("making.route.places"), choices.places)}
      {one("work_centre", t("making.route.workCentre"), choices.workCentres)}
      {one("equipment_class", t("making.route.equipmentClass"), choices.classes)}
      {many("qualifications", t("making.route.qualifications"), choices.qualifications)}
      {many("tool_classes", t("making.route.toolClasses"), choices.toolClasses)}
      <Parameters rows={operation.parameters} choices={choices.parameters} onChange={(parameters) => onChange({ parameters })} />
      <Instructions rows={operation.instructions} onChange={(instructions) => onChange({ instructions }, "instructions")} />
      {operation.instructions.length > 0 && (
        <div className="route-switches">
          <Labelled label={t("making.route.revision")}>
            <Input aria-label={t("making.route.revision")} maxLength={40} value={operation.instruction_revision ?? ""} placeholder={t("making.route.revisionNone")} onChange={(event) => onChange({ instruction_revision: event.target.value || null }, "instruction_revision")} />
          </Labelled>
          <label>
            <Switch size="small" checked={operation.read_required} onChange={(read_required) => onChange({ read_required })} /> {t("making.route.readRequired")}
          </label>
        </div>
      )}
      <div className="route-switches">
        <label>
          <Switch size="small" checked={starts} onChange={(on) => onRoute({ ...route, start: on ? [...route.start, operation.id] : route.start.filter((id) => id !== operation.id) })} /> {t("making.route.mayStart")}
        </label>
        <label>
          <Switch size="small" checked={operation.optional} onChange={(optional) => onChange({ optional })} /> {t("making.route.optional")}
        </label>
        <label>
          <Switch size="small" checked={operation.join === "all"} onChange={(on) => onChange({ join: on ? "all" : "any" })} /> {t("making.route.waitAll")}
        </label>
      </div>
      <div className="route-numbers">
        <Labelled label={t("making.route.sampling")} about="routeSampling">
          <InputNumber min={1} max={100_000} precision={0} value={operation.sampling_every} onChange={(value) => onChange({ sampling_every: value })} />
        </Labelled>
        <Labelled label={t("making.route.cycle")} about="routeCycle">
          <InputNumber<string> stringMode min="0" value={operation.cycle_seconds} onChange={(value) => onChange({ cycle_seconds: value ?? null })} />
        </Labelled>
        <Labelled label={t("making.route.wait")} about="routeWait">
          <InputNumber min={0} max={31_536_000} precision={0} value={operation.minimum_wait_seconds} onChange={(value) => onChange({ minimum_wait_seconds: value })} />
        </Labelled>
      </div>
      <Button danger icon={<DeleteOutlined />} onClick={() => {
          onRoute(removeOperation(route, operation.id));
          onRemoved();
        }}>
        {t("making.route.removeOperation")}
      </Button>
    </div>
  );
}

/** When a link is followed. */
export function LinkPanel({ link, route, onRoute, onRemoved, onChoose }: { link: RouteLink; route: RouteBody; onRoute: (route: RouteBody) => void; onRemoved: () => void; onChoose: (id: string) => void }) {
  const { t } = useTranslation();
  const put = (changed: RouteLink) => {
    onRoute({ ...route, links: route.links.map((each) => (each === link ? changed : each)) });
    onChoose(linkId(changed));
  };
  return (
    <div className="route-panel-body">
      <p>{`${link.from} → ${link.to}`}</p>
      <Labelled label={t("making.route.followed")}>
        <Select aria-label={t("making.route.followed")} value={link.when} options={LINK_WHENS.map((value) => ({ value, label: t(`making.route.when.${value}`) }))} onChange={(when) => put({ ...link, when })} />
      </Labelled>
      <p className="muted">{t(`making.route.whenHelp.${link.when}`)}</p>
      <Button danger icon={<DeleteOutlined />} onClick={() => {
          onRoute({ ...route, links: route.links.filter((each) => each !== link) });
          onRemoved();
        }}>
        {t("making.route.removeLink")}
      </Button>
    </div>
  );
}
