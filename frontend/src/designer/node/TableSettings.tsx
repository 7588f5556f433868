import { InputNumber, Select } from "antd";
import { type ComponentType, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Value } from "../../expressions";
import { useLanguage } from "../../i18n/language";
import { type Entry, inserted, moved, neighbour, removed, replaced } from "../entries";
import { SortableRow, type Tool } from "../SortableRow";
import { KIND_ICONS, useFieldKinds } from "./kinds";
import { type FieldKind, newField, type NodeField } from "./model";
import { labelOf, type NamedField, rowNames, useExpressionNames } from "./names";
import { Row } from "./Row";
import { rowValues } from "./sample";

/** What a column of a sub-table can be. */
const COLUMN_KINDS = ["scan", "text", "number", "choice", "yes_no", "date", "datetime", "rating", "person", "equipment", "location", "lookup", "formula", "percent", "money", "time", "duration", "cascade", "phone", "email", "link"] as const satisfies readonly FieldKind[];

/** The settings of a chosen column: those of a field. */
type Properties = ComponentType<{
  field: NodeField;
  names: readonly NamedField[];
  values: Readonly<Record<string, Value>>;
  faults: readonly string[];
  column: boolean;
  readOnly: boolean;
  onChange: (field: NodeField) => void;
  onMove: (by: number) => void;
  onRemove: () => void;
}>;

interface Props {
  table: NodeField;
  names: readonly NamedField[];
  values: Readonly<Record<string, Value>>;
  faults: ReadonlyMap<string, readonly string[]>;
  taken: readonly Entry[];
  readOnly: boolean;
  set: (change: Partial<NodeField>) => void;
  onColumnGone: ((table: NodeField, column: string) => void) | undefined;
  Properties: Properties;
}

function Limits({ table, readOnly, set }: Pick<Props, "table" | "readOnly" | "set">) {
  const { t } = useTranslation();
  const language = useLanguage();
  const rows = (name: "min" | "max", otherwise: number) => (
    <Row label={t(`nodes.table.${name}`)}>
      {(id) => <InputNumber id={id} min={name === "min" ? 0 : 1} max={500} precision={0} value={Number(table[name] ?? otherwise)} disabled={readOnly} onChange={(next) => next !== null && set({ [name]: next })} />}
    </Row>
  );
  return (
    <div className="property-pair">
      {rows("min", 0)}
      {rows("max", 200)}
      <Row label={t("nodes.table.unique")} help={t("nodes.table.uniqueHelp")}>
        {(id) => (
          <Select<string>
            id={id}
            value={table.unique ?? null}
            disabled={readOnly}
            allowClear
            placeholder={t("nodes.table.none")}
            options={(table.columns ?? []).filter(({ kind }) => kind !== "formula").map((column) => ({ value: column.id, label: labelOf(column, language) }))}
            onChange={(unique: string | undefined) => set({ unique: unique ?? null })}
          />
        )}
      </Row>
    </div>
  );
}

/** The columns of a sub-table by drag or keyboard, the settings of the chosen one, and how many rows there may be. */
export function TableSettings({ table, names, values, faults, taken, readOnly, set, onColumnGone, Properties }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const kinds = useFieldKinds().data?.rows;
  const columns = useMemo(() => table.columns ?? [], [table.columns]);
  const [chosen, setChosen] = useState<string | null>(columns[0]?.id ?? null);
  const tools = useMemo(() => COLUMN_KINDS.map((kind): Tool => ({ name: kind, label: t(`nodes.kind.${kind}`), icon: KIND_ICONS[kind], help: t(`nodes.kindHelp.${kind}`) })), [t]);
  const own = useExpressionNames(columns);
  const column = columns.find(({ id }) => id === chosen);
  const add = (name: string, at: number) => {
    const kind = name as FieldKind;
    const words = kinds?.find((each) => each.name === name);
    const made = newField(kind, columns, { zh: words?.title_zh ?? kind, en: words?.title_en ?? kind }, [...taken, ...columns]);
    set({ columns: inserted(columns, made, at) });
    setChosen(made.id);
  };
  const remove = (id: string) => {
    setChosen(neighbour(columns, id));
    onColumnGone?.({ ...table, columns: removed(columns, id), unique: table.unique === id ? null : (table.unique ?? null) }, id);
  };
  const move = (id: string, to: number) => set({ columns: moved(columns, id, to) });
  return (
    <fieldset className="table-columns">
      <legend>{t("nodes.table.columns")}</legend>
      <SortableRow<NodeField>
        vertical
        tools={tools}
        entries={columns}
        chosen={chosen}
        canvasLabel={t("nodes.table.columns")}
        readOnly={readOnly || !kinds /* a new column is named in both languages */}
        empty={<p className="muted node-empty">{t("nodes.table.empty")}</p>}
        labelOf={(_, number) => t("nodes.table.number", { number: number + 1 })}
        nameOf={(each) => labelOf(each, language)}
        draw={(each) => (
          <div className="node-field">
            <span className="node-field-icon" aria-hidden>
              {KIND_ICONS[each.kind]}
            </span>
            <div>
              <strong>{labelOf(each, language)}</strong>
              <small className="muted">{[t(`nodes.kind.${each.kind}`), each.unit, faults.has(`${table.id}.${each.id}`) ? t("nodes.wrong") : ""].filter(Boolean).join(" · ")}</small>
            </div>
          </div>
        )}
        onChoose={setChosen}
        onAdd={add}
        onMove={move}
        onRemove={remove}
      />
      {column && (
        <Properties
          key={column.id}
          column
          field={column}
          names={rowNames(table, names, own)}
          values={{ ...values, ...rowValues(table, values) }}
          faults={faults.get(`${table.id}.${column.id}`) ?? []}
          readOnly={readOnly}
          onChange={(next) => set({ columns: replaced(columns, next.id, () => next) })}
          onMove={(by) => move(column.id, columns.indexOf(column) + by)}
          onRemove={() => remove(column.id)}
        />
      )}
      <Limits table={table} readOnly={readOnly} set={set} />
    </fieldset>
  );
}
