import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Collapse, Dropdown, Input, InputNumber, Segmented, Select } from "antd";
import { useTranslation } from "react-i18next";

import { useNames } from "../../api/vocabulary";
import { removed, replaced } from "../entries";
import { ExpressionInput } from "./ExpressionInput";
import { short } from "./MeaningDetails";
import type { PanelProps } from "./MeaningPanel";
import { type Check, CHECK_KINDS, itemFields, LEVELS, newCheck, SCAN_CLASSES } from "./model";
import { useExpressionNames } from "./names";
import { FieldChoice, Row } from "./Row";
import { rowValues } from "./sample";

interface CardProps {
  check: Check;
  panel: PanelProps;
  set: (change: Partial<Check>) => void;
}

/** What this kind of check needs to know. */
function Settings({ check, panel, set }: CardProps) {
  const { t } = useTranslation();
  const vocabulary = useNames();
  const { names, values, readOnly } = panel;
  const whole = (name: "within_minutes" | "days") => (
    <Row label={t(`nodes.check.${name}`)} help={t(`nodes.check.${name}Help`)} {...(name === "within_minutes" ? { about: "checkMinutes" as const } : {})}>
      {(id) => <InputNumber id={id} min={0} precision={0} value={check[name]} disabled={readOnly} onChange={(next) => set({ [name]: next ?? 0 })} />}
    </Row>
  );
  const many = (name: "classes" | "states" | "places", options: { value: string; label: string }[], help: string) => (
    <Row label={t(`nodes.check.${name}`)} help={help} {...(name === "classes" ? { about: "checkClasses" as const } : name === "states" ? { about: "checkStates" as const } : {})}>
      {(id) => <Select id={id} mode={name === "classes" ? "multiple" : "tags"} value={check[name]} disabled={readOnly} options={options} showSearch={{ optionFilterProp: "label" }} onChange={(next: string[]) => set({ [name]: next })} />}
    </Row>
  );
  switch (check.kind) {
    case "expression":
      return <ExpressionInput label={t("nodes.check.value")} help={t("nodes.check.valueHelp")} value={check.value} names={names} values={values} readOnly={readOnly} onChange={(value) => set({ value })} />;
    case "class_is":
      return many("classes", SCAN_CLASSES.map((value) => ({ value, label: t(`nodes.class.${value}`) })), "");
    case "in_state":
      return many("states", [{ value: "active", label: t("nodes.check.active") }, ...vocabulary.choices("dispositions").map(short)], "");
    case "where_is":
      return many("places", vocabulary.choices("places"), t("nodes.check.placesHelp"));
    case "not_repeated":
      return whole("within_minutes");
    case "not_expired":
      return whole("days");
    default:
      return null;
  }
}

/** The panel of a check that every row of a sub-table must meet: its conditions name the columns of the row. */
function useRowPanel(check: Check, panel: PanelProps): PanelProps {
  const table = panel.node.fields.find(({ id }) => id === check.rows);
  const columns = useExpressionNames(table?.columns ?? []);
  if (!table) return panel;
  const twins = new Set(columns.map(({ label }) => label));
  const outside = panel.names.map(({ id, label }) => ({ id, label: twins.has(label) ? `${label} ${id}` : label }));
  return { ...panel, names: [...columns, ...outside], values: { ...panel.values, ...rowValues(table, panel.values) } };
}

/** Whether the condition is of the whole entry or of every row of a sub-table. */
function Rows({ check, panel: { node, readOnly }, set }: CardProps) {
  const { t } = useTranslation();
  const tables = node.fields.filter(({ kind }) => kind === "sub_table");
  if (check.kind !== "expression" || tables.length === 0) return null;
  return (
    <Row label={t("nodes.check.rows")} help={t("nodes.check.rowsHelp")}>
      {() => <FieldChoice label={t("nodes.check.rows")} fields={tables} readOnly={readOnly} value={check.rows ?? null} onChange={(rows) => set({ rows })} />}
    </Row>
  );
}

function CheckCard({ check, panel: whole }: Omit<CardProps, "set">) {
  const { t } = useTranslation();
  const panel = useRowPanel(check, whole);
  const { node, names, values, readOnly, faults, onChange } = panel;
  const set = (change: Partial<Check>) => onChange({ ...node, checks: replaced(node.checks, check.id, (each) => ({ ...each, ...change })) }, `${check.id} ${Object.keys(change).join()}`);
  const pieces = t(`nodes.checkSentence.${check.kind}`).split("[field]");
  return (
    <li className="panel node-check" data-check={check.id}>
      <div className="node-sentence">
        {pieces.map((piece, at) => (
          <span key={at} className="node-sentence-part">
            {at > 0 && (
              <FieldChoice className="sentence-choice" label={t("nodes.part.subjects")} fields={itemFields(node.fields)} readOnly={readOnly} value={check.field} onChange={(field) => set({ field })} />
            )}
            {piece}
          </span>
        ))}
      </div>
      {(faults.get(check.id) ?? []).map((fault) => (
        <p key={fault} className="property-fault">
          {fault}
        </p>
      ))}
      <Rows check={check} panel={panel} set={set} />
      <Settings check={check} panel={panel} set={set} />
      <div className="node-meaning-foot">
        <Segmented
          aria-label={t("nodes.check.level")}
          value={check.level}
          disabled={readOnly}
          options={LEVELS.map((level) => ({ value: level, label: t(`nodes.level.${level}`) }))}
          onChange={(level) => set({ level })}
        />
        <small className="muted">{t(`nodes.levelHelp.${check.level}`)}</small>
        {!readOnly && <Button type="text" danger icon={<DeleteOutlined />} aria-label={t("nodes.check.remove")} onClick={() => onChange({ ...node, checks: removed(node.checks, check.id) })} />}
      </div>
      <Collapse
        ghost
        size="small"
        items={[
          {
            key: "more",
            label: t("nodes.check.more"),
            children: (
              <div className="node-details">
                <ExpressionInput label={t("nodes.check.when")} help={t("nodes.check.whenHelp")} value={check.when} names={names} values={values} readOnly={readOnly} onChange={(when) => set({ when })} />
                {(["text_zh", "text_en", "remedy_zh", "remedy_en"] as const).map((name) => (
                  <Row key={name} label={t(`nodes.check.${name}`)}>
                    {(id) => <Input id={id} value={check[name]} maxLength={200} disabled={readOnly} onChange={(event) => set({ [name]: event.target.value })} />}
                  </Row>
                ))}
              </div>
            ),
          },
        ]}
      />
    </li>
  );
}

/** What an entry must meet, and what happens when it does not. */
export function ChecksPanel(panel: PanelProps) {
  const { t } = useTranslation();
  const { node, readOnly, onChange } = panel;
  return (
    <section aria-label={t("nodes.tab.checks")}>
      <p className="muted">{t("nodes.check.help")}</p>
      <ul className="node-list">
        {node.checks.map((check) => (
          <CheckCard key={check.id} check={check} panel={panel} />
        ))}
      </ul>
      {!readOnly && (
        <Dropdown trigger={["click"]} menu={{ items: CHECK_KINDS.map((kind) => ({ key: kind, label: t(`nodes.checkKind.${kind}`), onClick: () => onChange({ ...node, checks: [...node.checks, newCheck(kind, node)] }) })) }}>
          <Button icon={<PlusOutlined />} data-action="add-check">
            {t("nodes.check.add")}
          </Button>
        </Dropdown>
      )}
    </section>
  );
}
