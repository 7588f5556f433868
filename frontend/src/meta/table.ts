import type { ReactNode } from "react";

/** One column of a list, as data: what it is called, how it is drawn, what the server can sort by, where it stands on a card. */
export interface Column<Row> {
  key: string;
  title: string;
  render: (row: Row) => ReactNode;
  width?: number;
  align?: "start" | "end";
  /** The server's name for sorting by this column. */
  sort?: string;
  /** Hidden until the reader asks for it. */
  hidden?: boolean;
  /** Always shown, not offered for hiding. */
  fixed?: boolean;
  /** On a phone: the heading, the corner, a labelled line, or nothing. */
  card?: "heading" | "corner" | "line" | "none";
}

export type Density = "large" | "middle" | "small";

export interface TableView {
  density: Density;
  /** Keys the reader turned on or off, against the column's own default. */
  shown: Record<string, boolean>;
}

export const PLAIN_VIEW: TableView = { density: "middle", shown: {} };

export function isShown<Row>(column: Column<Row>, view: TableView): boolean {
  return column.fixed ? true : (view.shown[column.key] ?? !column.hidden);
}

export function visibleColumns<Row>(columns: readonly Column<Row>[], view: TableView): Column<Row>[] {
  return columns.filter((column) => isShown(column, view));
}

/** `-time` is descending; choosing the same column again turns it round, a third time goes back to the default. */
export function nextSort(current: string | undefined, field: string, fallback: string): string {
  if (current === `-${field}`) return field;
  if (current === field) return fallback === field ? `-${field}` : fallback;
  return `-${field}`;
}

export function sortDirection(current: string | undefined, field: string | undefined): "ascend" | "descend" | null {
  if (!field || !current) return null;
  if (current === field) return "ascend";
  return current === `-${field}` ? "descend" : null;
}

/** Where a reader stands in a list that the server pages by cursor: the cursors of the pages up to this one. */
export interface Place {
  cursors: readonly string[];
}
export const FIRST_PAGE: Place = { cursors: [] };

export function cursorOf(place: Place): string | undefined {
  return place.cursors.at(-1);
}
export function forwardTo(place: Place, next: string): Place {
  return { cursors: [...place.cursors, next] };
}
export function backFrom(place: Place): Place {
  return { cursors: place.cursors.slice(0, -1) };
}
