import { Table, type TableColumnsType } from "antd";
import type { MouseEvent, ReactNode } from "react";

import { ProblemView } from "../console/ProblemView";
import { useScreen } from "../theme/screen";
import { CardList } from "./CardList";
import { Pager } from "./Pager";
import { isAboutRow } from "./rowClick";
import { type Column, nextSort, sortDirection, visibleColumns } from "./table";
import type { PagedList } from "./usePagedList";
import { useView } from "./view";

export interface DataTableProps<Row> {
  /** Name under which the reader's columns and row height are kept. */
  name: string;
  label: string;
  columns: readonly Column<Row>[];
  list: PagedList<Row>;
  rowKey: (row: Row) => string | number;
  empty: ReactNode;
  sort?: string | undefined;
  defaultSort?: string;
  onSort?: (sort: string) => void;
  onOpen?: (row: Row) => void;
  rowClass?: (row: Row) => string;
  actions?: (row: Row) => ReactNode;
  actionsTitle?: string;
}

/** A list drawn from its column descriptions: a table where there is room, cards on a phone. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { name, label, columns, list, rowKey, empty, sort, defaultSort = "", onSort, onOpen, rowClass, actions, actionsTitle } = props;
  const view = useView(name);
  const phone = useScreen() === "phone";

  if (list.error && !list.rows) return <ProblemView error={list.error} onRetry={list.refresh} />;
  if (list.rows?.length === 0 && !list.previous) return <>{empty}</>;

  const shown = visibleColumns(columns, view);
  const drawn: TableColumnsType<Row> = shown.map((column) => ({
    key: column.key,
    title: column.title,
    render: (_: unknown, row: Row) => column.render(row),
    ...(column.width ? { width: column.width } : {}),
    align: column.align ?? "start",
    ...(column.sort && onSort ? { sorter: true, sortOrder: sortDirection(sort, column.sort), showSorterTooltip: false } : {}),
  }));
  if (actions) drawn.push({ key: "actions", title: actionsTitle, align: "end", render: (_: unknown, row: Row) => actions(row) });

  return (
    <div className={list.stale ? "list stale" : "list"} aria-busy={list.fetching}>
      {list.error && <ProblemView error={list.error} onRetry={list.refresh} />}
      {phone ? (
        <CardList {...props} />
      ) : (
        <Table<Row>
          aria-label={label}
          columns={drawn}
          dataSource={list.rows ?? []}
          loading={!list.rows}
          rowKey={rowKey}
          size={view.density === "large" ? "large" : view.density}
          pagination={false}
          scroll={{ x: "max-content" }}
          rowClassName={(row) => `${onOpen ? "opens" : ""} ${rowClass?.(row) ?? ""}`}
          onRow={(row) => (onOpen ? { onClick: (press: MouseEvent<HTMLElement>) => isAboutRow(press) && onOpen(row), "data-row": rowKey(row) } : {}) as object}
          onChange={(_pages, _filters, sorter) => {
            const chosen = Array.isArray(sorter) ? sorter[0] : sorter;
            const field = shown.find(({ key }) => key === chosen?.columnKey)?.sort;
            if (field) onSort?.(nextSort(sort ?? defaultSort, field, defaultSort));
          }}
        />
      )}
      <Pager list={list} />
    </div>
  );
}
