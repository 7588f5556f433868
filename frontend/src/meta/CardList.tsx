import { Skeleton } from "antd";

import type { DataTableProps } from "./DataTable";
import { isAboutRow } from "./rowClick";
import type { Column } from "./table";

function place<Row>(column: Column<Row>, index: number): NonNullable<Column<Row>["card"]> {
  return column.card ?? (index === 0 ? "heading" : "line");
}

/** The same list on a phone: one card a row, the columns as labelled lines. */
export function CardList<Row extends object>({ label, columns, list, rowKey, onOpen, rowClass, actions }: DataTableProps<Row>) {
  if (!list.rows) {
    return (
      <div className="panel">
        <Skeleton active paragraph={{ rows: 6 }} />
      </div>
    );
  }
  const at = (wanted: string) => columns.filter((column, index) => place(column, index) === wanted);
  return (
    <ul className="cards" aria-label={label}>
      {list.rows.map((row) => (
        <li key={rowKey(row)} className={`panel ${rowClass?.(row) ?? ""}`} data-row={rowKey(row)} onClick={onOpen && ((press) => isAboutRow(press) && onOpen(row))}>
          <div className="card-head">
            <div className="card-heading">{at("heading").map((column) => <div key={column.key}>{column.render(row)}</div>)}</div>
            <div className="card-corner">{at("corner").map((column) => <div key={column.key}>{column.render(row)}</div>)}</div>
          </div>
          <dl>
            {at("line").map((column) => (
              <div key={column.key}>
                <dt>{column.title}</dt>
                <dd>{column.render(row)}</dd>
              </div>
            ))}
          </dl>
          {actions && <div className="card-actions">{actions(row)}</div>}
        </li>
      ))}
    </ul>
  );
}
