import { Descriptions } from "antd";
import { useTranslation } from "react-i18next";

import type { ItemMention } from "../../api/contract";
import type { components } from "../../api/schema";
import { clockOf, NUMBER_KINDS } from "../../capture";
import { tailOf } from "../../api/vocabulary";
import { named, useLanguage } from "../../i18n/language";
import { unitText } from "../../trace/units";
import { ItemLink } from "./EventCells";
import { type Cells, shownIn } from "./entered";

type FormField = components["schemas"]["FormField"];
type FormColumn = components["schemas"]["FormColumn"];

const textOf = (value: unknown): string => (typeof value === "string" || typeof value === "number" ? String(value) : JSON.stringify(value));

const isNumber = ({ kind }: FormColumn): boolean => NUMBER_KINDS.has(kind) || kind === "formula";

/** One value as people read it: an item by its label, yes and no in words, a number with its unit. */
function Shown({ value, column, items }: { value: unknown; column: FormColumn; items: readonly ItemMention[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (value === null || value === undefined) return "—";
  const chosen = (one: unknown): string => {
    const option = column.options.find((each) => each.value === one);
    return option ? named(language, option.label_zh, option.label_en, option.value) : textOf(one);
  };
  if (column.kind === "duration") return clockOf(textOf(value));
  if (typeof value === "boolean") return t(value ? "events.fields.yes" : "events.fields.no");
  const text = Array.isArray(value) ? value.map((each) => chosen(each)).join(", ") : chosen(value);
  const item = items.find(({ uri }) => uri === text);
  if (item) return <ItemLink item={item} />;
  return column.unit ? `${text} ${unitText(column.unit, "")}` : /^(urn:|https?:)/u.test(text) ? tailOf(text) : text;
}

function TableRows({ table, rows, items }: { table: FormField; rows: readonly Cells[]; items: readonly ItemMention[] }) {
  const language = useLanguage();
  return (
    <div className="event-table" data-table={table.id}>
      <h3>{named(language, table.label_zh, table.label_en, table.id)}</h3>
      <table className="small-table">
        <thead>
          <tr>
            <th scope="col">#</th>
            {table.columns.map((column) => (
              <th key={column.id} scope="col" className={isNumber(column) ? "end" : ""}>
                {named(language, column.label_zh, column.label_en, column.id)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              <td className="num">{at + 1}</td>
              {table.columns.map((column) => (
                <td key={column.id} className={isNumber(column) ? "end num" : ""}>
                  <Shown value={row[column.id]} column={column} items={items} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What was entered beside the items, under the names of the form that it was entered with; sub-tables row by row. */
export function EventFields({ document, form, items }: { document: Readonly<Record<string, unknown>>; form: readonly FormField[]; items: readonly ItemMention[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { single, tables } = shownIn(document, form);
  if (single.length + tables.length === 0) return null;
  return (
    <section>
      <h2>{t("events.fields.title")}</h2>
      {single.length > 0 && <Descriptions column={1} size="small" bordered items={single.map(({ field, value }) => ({ key: field.id, label: named(language, field.label_zh, field.label_en, field.id), children: <Shown value={value} column={field} items={items} /> }))} />}
      {tables.map(({ field, rows }) => (
        <TableRows key={field.id} table={field} rows={rows} items={items} />
      ))}
    </section>
  );
}
