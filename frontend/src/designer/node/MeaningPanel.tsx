import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Collapse, Dropdown, Select } from "antd";
import { useTranslation } from "react-i18next";

import type { Value } from "../../expressions";
import { removed, replaced } from "../entries";
import { MeaningDetails } from "./MeaningDetails";
import { asPattern, type FieldQuantity, isEntered, itemFields, type Meaning, newMeaning, type NodeBody, PATTERN_NAMES, type PatternName, patternOf } from "./model";
import type { NamedField } from "./names";
import { FieldChoice, FieldChoices } from "./Row";

export interface PanelProps {
  node: NodeBody;
  names: readonly NamedField[];
  values: Readonly<Record<string, Value>>;
  readOnly: boolean;
  /** What is wrong, by the id of the entry. */
  faults: ReadonlyMap<string, readonly string[]>;
  onChange: (node: NodeBody, tag?: string) => void;
}

const fieldsOf = (parts: readonly FieldQuantity[]): string[] => parts.map(({ field }) => field);
/** The chosen fields with the quantities that they had. */
const withFields = (parts: readonly FieldQuantity[], ids: readonly string[]): FieldQuantity[] => ids.map((field) => parts.find((part) => part.field === field) ?? { field, quantity: null });

/** One part of the sentence: the fields that stand there. */
function Part({ name, meaning, node, readOnly, set }: { name: string; meaning: Meaning; node: NodeBody; readOnly: boolean; set: (change: Partial<Meaning>) => void }) {
  const { t } = useTranslation();
  const items = itemFields(node.fields);
  const label = t(`nodes.part.${name as "subjects"}`);
  const look = { label, readOnly, className: "sentence-choice" };
  if (name === "parent") return <FieldChoice {...look} fields={items.filter(({ id }) => !id.includes("."))} value={meaning.parent} onChange={(parent) => set({ parent })} />;
  if (name === "order") return <FieldChoice {...look} fields={node.fields.filter(isEntered)} value={meaning.order} onChange={(order) => set({ order })} />;
  if (name === "inputs" || name === "outputs")
    return <FieldChoices {...look} fields={items} value={fieldsOf(meaning[name])} onChange={(ids) => set({ [name]: withFields(meaning[name], ids) })} />;
  const list = name === "children" ? "children" : "subjects";
  return <FieldChoices {...look} fields={items} value={meaning[list]} onChange={(ids) => set({ [list]: ids })} />;
}

const TERMS: Record<Meaning["event"], string> = {
  object: "ObjectEvent",
  aggregation: "AggregationEvent",
  transformation: "TransformationEvent",
  association: "AssociationEvent",
  transaction: "TransactionEvent",
};

function Sentence({ meaning, panel }: { meaning: Meaning; panel: PanelProps }) {
  const { t } = useTranslation();
  const { node, readOnly, onChange, faults } = panel;
  const set = (change: Partial<Meaning>) =>
    onChange({ ...node, meaning: replaced(node.meaning, meaning.id, (each) => ({ ...each, ...change })) }, `${meaning.id} ${Object.keys(change).join()}`);
  const pattern = patternOf(meaning);
  const pieces = pattern ? t(`nodes.sentence.${pattern}`).split(/\[(\w+)\]/u) : [];
  return (
    <li className="panel node-meaning" data-meaning={meaning.id}>
      <div className="node-sentence">
        {pieces.map((piece, at) => (at % 2 ? <Part key={at} name={piece} meaning={meaning} node={node} readOnly={readOnly} set={set} /> : <span key={at}>{piece}</span>))}
      </div>
      {(faults.get(meaning.id) ?? []).map((fault) => (
        <p key={fault} className="property-fault">
          {fault}
        </p>
      ))}
      <div className="node-meaning-foot">
        <Select<PatternName>
          aria-label={t("nodes.meaning.pattern")}
          value={pattern}
          size="small"
          disabled={readOnly}
          popupMatchSelectWidth={false}
          options={PATTERN_NAMES.map((name) => ({ value: name, label: t(`nodes.pattern.${name}`) }))}
          onChange={(name) => set(asPattern(meaning, name, node))}
        />
        <small className="muted">
          {TERMS[meaning.event]}
          {meaning.event !== "transformation" && ` · ${meaning.action}`}
        </small>
        {!readOnly && <Button type="text" danger icon={<DeleteOutlined />} aria-label={t("nodes.meaning.remove")} onClick={() => onChange({ ...node, meaning: removed(node.meaning, meaning.id) })} />}
      </div>
      <Collapse ghost size="small" items={[{ key: "more", label: t("nodes.meaning.more"), children: <MeaningDetails meaning={meaning} panel={panel} set={set} /> }]} />
    </li>
  );
}

/** What an entry means, one sentence for each event. */
export function MeaningPanel(panel: PanelProps) {
  const { t } = useTranslation();
  const { node, readOnly, onChange } = panel;
  const add = (name: PatternName) => onChange({ ...node, meaning: [...node.meaning, newMeaning(name, node)] });
  return (
    <section aria-label={t("nodes.tab.meaning")}>
      <p className="muted">{t("nodes.meaning.help")}</p>
      <ul className="node-list">
        {node.meaning.map((meaning) => (
          <Sentence key={meaning.id} meaning={meaning} panel={panel} />
        ))}
      </ul>
      {!readOnly && (
        <Dropdown trigger={["click"]} menu={{ items: PATTERN_NAMES.map((name) => ({ key: name, label: t(`nodes.pattern.${name}`), onClick: () => add(name) })) }}>
          <Button icon={<PlusOutlined />} type={node.meaning.length === 0 ? "primary" : "default"} data-action="add-meaning">
            {t("nodes.meaning.add")}
          </Button>
        </Dropdown>
      )}
    </section>
  );
}
