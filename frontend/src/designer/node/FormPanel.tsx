import { Tag } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { named, useLanguage } from "../../i18n/language";
import { inserted, moved, neighbour, removed, replaced } from "../entries";
import { SortableRow, type Tool } from "../SortableRow";
import { FieldProperties } from "./FieldProperties";
import { KIND_ICONS, useFieldKinds } from "./kinds";
import type { PanelProps } from "./MeaningPanel";
import { FIELD_KINDS, type FieldKind, isEntered, newField, type NodeField, RULES, takenIds } from "./model";
import { labelOf } from "./names";
import { withoutField } from "./references";

interface Props extends PanelProps {
  chosen: string | null;
  onChoose: (id: string | null) => void;
}

function FieldCell({ field, wrong }: { field: NodeField; wrong: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const rules = RULES.filter((name) => field[name] !== null);
  const classes = (field.classes ?? []).map((name) => t(`nodes.class.${name}`)).join(t("nodes.listComma"));
  return (
    <div className="node-field">
      <span className="node-field-icon" aria-hidden>
        {KIND_ICONS[field.kind]}
      </span>
      <div>
        <strong>{labelOf(field, language)}</strong>
        <small className="muted">{[t(`nodes.kind.${field.kind}`), classes, field.unit].filter(Boolean).join(" · ")}</small>
      </div>
      <span className="node-field-tags">
        {wrong && <Tag color="error">{t("nodes.wrong")}</Tag>}
        {isEntered(field) && field.required && <Tag>{t("nodes.property.required")}</Tag>}
        {field.many && <Tag>{t("nodes.many")}</Tag>}
        {rules.map((name) => (
          <Tag key={name}>{t(`nodes.ruleTag.${name}`)}</Tag>
        ))}
      </span>
    </div>
  );
}

function useTools(): Tool[] {
  const { t } = useTranslation();
  return useMemo(() => FIELD_KINDS.map((kind) => ({ name: kind, label: t(`nodes.kind.${kind}`), icon: KIND_ICONS[kind], help: t(`nodes.kindHelp.${kind}`) })), [t]);
}

/** Kinds of fields that have their place, and that no node can use yet. */
function Planned() {
  const { t } = useTranslation();
  const language = useLanguage();
  const planned = (useFieldKinds().data?.rows ?? []).filter(({ state }) => state === "planned");
  if (planned.length === 0) return null;
  return (
    <p className="node-planned muted">
      {t("nodes.planned")} {planned.map((kind) => named(language, kind.title_zh, kind.title_en, kind.name)).join(t("nodes.listComma"))}
    </p>
  );
}

/** Fields by drag or by keyboard, and the settings of the chosen one. */
export function FormPanel({ node, names, values, readOnly, faults, onChange, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const described = useFieldKinds();
  const kinds = described.data?.rows ?? [];
  const tools = useTools();
  const setFields = (fields: NodeField[], tag?: string) => onChange({ ...node, fields }, tag);
  const add = (name: string, at: number) => {
    const kind = name as FieldKind;
    const words = kinds.find((each) => each.name === name);
    const field = newField(kind, node.fields, { zh: words?.title_zh ?? kind, en: words?.title_en ?? kind }, takenIds(node.fields));
    setFields(inserted(node.fields, field, at));
    onChoose(field.id);
  };
  const remove = (id: string) => {
    onChoose(neighbour(node.fields, id));
    onChange(withoutField({ ...node, fields: removed(node.fields, id) }, id));
  };
  const move = (id: string, to: number) => setFields(moved(node.fields, id, to));
  const field = node.fields.find(({ id }) => id === chosen);
  return (
    <div className="node-form">
      <div className="node-fields">
        <SortableRow<NodeField>
          vertical
          tools={tools}
          entries={node.fields}
          chosen={chosen}
          canvasLabel={t("nodes.canvas")}
          readOnly={readOnly || described.isPending /* a new field is named in both languages */}
          empty={<p className="muted node-empty">{t("nodes.empty")}</p>}
          labelOf={(_, number) => t("nodes.fieldNumber", { number: number + 1 })}
          nameOf={(each) => labelOf(each, language)}
          draw={(each) => <FieldCell field={each} wrong={faults.has(each.id)} />}
          onChoose={onChoose}
          onAdd={add}
          onMove={move}
          onRemove={remove}
        />
        <Planned />
      </div>
      {field ? (
        <FieldProperties
          field={field}
          names={names}
          values={values}
          faults={faults.get(field.id) ?? []}
          columnFaults={faults}
          taken={takenIds(node.fields)}
          readOnly={readOnly}
          onChange={(next, tag) => setFields(replaced(node.fields, next.id, () => next), tag)}
          onMove={(by) => move(field.id, node.fields.indexOf(field) + by)}
          onRemove={() => remove(field.id)}
          onColumnGone={(table, column) => onChange(withoutField({ ...node, fields: replaced(node.fields, table.id, () => table) }, `${table.id}.${column}`))}
        />
      ) : (
        <section className="panel properties">
          <p className="muted">{t("nodes.choose")}</p>
        </section>
      )}
    </div>
  );
}
