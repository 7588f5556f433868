import { DeleteOutlined, DownOutlined, UpOutlined } from "@ant-design/icons";
import { Button, Checkbox, Collapse, Flex, Input } from "antd";
import { useTranslation } from "react-i18next";

import type { Expression, Value } from "../../expressions";
import { ExpressionInput } from "./ExpressionInput";
import { KindSettings } from "./KindSettings";
import { FieldHelp, type FieldHelpName } from "../../fields/FieldHelp";
import type { Entry } from "../entries";
import { isEntered, isMedia, type NodeField, RULES } from "./model";
import type { NamedField } from "./names";
import { Row } from "./Row";
import { TableSettings } from "./TableSettings";

interface Props {
  field: NodeField;
  names: readonly NamedField[];
  values: Readonly<Record<string, Value>>;
  faults: readonly string[];
  /** Of a sub-table: what is wrong with its columns, by `table.column`; and every id of the node, for new columns. */
  columnFaults?: ReadonlyMap<string, readonly string[]>;
  taken?: readonly Entry[];
  /** A column of a sub-table: one value a row, nothing stays. */
  column?: boolean;
  readOnly: boolean;
  onChange: (field: NodeField, tag: string) => void;
  onMove: (by: number) => void;
  onRemove: () => void;
  onColumnGone?: (table: NodeField, column: string) => void;
}

const NONE: ReadonlyMap<string, readonly string[]> = new Map();

/** Labels, behaviour and rules of the chosen field. */
export function FieldProperties({ field, names, values, faults, columnFaults = NONE, taken = [], column = false, readOnly, onChange, onMove, onRemove, onColumnGone }: Props) {
  const { t } = useTranslation();
  const set = (change: Partial<NodeField>) => onChange({ ...field, ...change }, `${field.id} ${Object.keys(change).join()}`);
  const expression = (name: "value" | (typeof RULES)[number], label: string, help: string) => (
    <ExpressionInput
      key={`${field.id} ${name}`}
      label={label}
      help={help}
      value={name === "value" && isNothing(field.value) ? null : (field[name] ?? null)}
      names={names}
      values={values}
      readOnly={readOnly}
      onChange={(tree) => set({ [name]: name === "value" ? (tree ?? { lit: null }) : tree })}
    />
  );
  const text = (name: "label_zh" | "label_en" | "hint_zh" | "hint_en") => (
    <Row label={t(`nodes.property.${name}`)}>
      {(id) => <Input id={id} value={field[name]} maxLength={name.startsWith("label") ? 80 : 200} disabled={readOnly} status={name.startsWith("label") && field[name] === "" ? "error" : ""} onChange={(event) => set({ [name]: event.target.value })} />}
    </Row>
  );
  const flag = (name: "required" | "many" | "keep", about?: FieldHelpName) => (
    <span className="with-help">
    <Checkbox checked={field[name]} disabled={readOnly} onChange={(event) => set({ [name]: event.target.checked })}>
      {t(`nodes.property.${name}`)}
    </Checkbox>
      {about && <FieldHelp of={about} />}
    </span>
  );
  const rules = RULES.filter((name) => (name === "show" && field.kind !== "columns") || isEntered(field)).filter((name) => name !== "default" || !(field.kind === "scan" || field.kind === "sub_table" || isMedia(field)))
    .filter((name) => name !== "lock" || field.kind !== "sub_table");
  const used = rules.filter((name) => field[name] !== null).length;
  return (
    <section className={column ? "properties" : "panel properties"} aria-label={t(column ? "nodes.table.column" : "nodes.property.title")}>
      <Flex justify="space-between" align="center" gap={8}>
        {column ? <h3>{t(`nodes.kind.${field.kind}`)}</h3> : <h2>{t(`nodes.kind.${field.kind}`)}</h2>}
        {!readOnly && (
          <Flex gap={6}>
            <Button icon={<UpOutlined />} aria-label={t("nodes.property.up")} onClick={() => onMove(-1)} />
            <Button icon={<DownOutlined />} aria-label={t("nodes.property.down")} onClick={() => onMove(1)} />
            <Button icon={<DeleteOutlined />} danger aria-label={t("nodes.property.remove")} onClick={onRemove} />
          </Flex>
        )}
      </Flex>
      {faults.map((fault) => (
        <p key={fault} className="property-fault">
          {fault}
        </p>
      ))}
      <div className="property-pair">
        {text("label_zh")}
        {text("label_en")}
      </div>
      {field.kind === "formula" && expression("value", t("nodes.property.formula"), t("nodes.property.formulaHelp"))}
      {field.kind === "sub_table" && <TableSettings table={field} names={names} values={values} faults={columnFaults} taken={taken} readOnly={readOnly} set={set} onColumnGone={onColumnGone} Properties={FieldProperties} />}
      <KindSettings field={field} readOnly={readOnly} set={set} />
      {isEntered(field) && (
        <div className="property-flags">
          {flag("required")}
          {!column && ["scan", "choice"].includes(field.kind) && flag("many", "nodeMany")}
          {!column && field.kind !== "sub_table" && flag("keep", "nodeKeep")}
        </div>
      )}
      <Collapse
        ghost
        size="small"
        key={field.id}
        defaultActiveKey={used > 0 ? ["rules"] : []}
        items={[
          { key: "rules", label: t("nodes.rule.title", { count: used }), children: rules.map((name) => expression(name, t(`nodes.rule.${name}`), t(`nodes.rule.${name}Help`))) },
          {
            key: "hints",
            label: t("nodes.property.hints"),
            children: (
              <div className="property-pair">
                {text("hint_zh")}
                {text("hint_en")}
              </div>
            ),
          },
        ]}
      />
    </section>
  );
}

const isNothing = (tree: Expression | undefined): boolean => tree === undefined || ("lit" in tree && tree.lit === null);
