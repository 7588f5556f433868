/** Sheets of labels as they are sold, in millimetres, and sheets of one's own. */
export interface Paper {
  width: number;
  height: number;
  columns: number;
  rows: number;
  left: number;
  top: number;
  across: number;
  down: number;
  first: number;
}

export const PAPER_FIELDS = ["width", "height", "columns", "rows", "left", "top", "across", "down", "first"] as const satisfies readonly (keyof Paper)[];

const A4 = { width: 210, height: 297 };

/** As many labels of a size as an A4 sheet takes with a margin of 8 mm and 2 mm between them. */
export function paperFor({ width, height }: { width: number; height: number }): Paper {
  const margin = 8;
  const gap = 2;
  const columns = Math.max(1, Math.floor((A4.width - 2 * margin + gap) / (width + gap)));
  const rows = Math.max(1, Math.floor((A4.height - 2 * margin + gap) / (height + gap)));
  return { ...A4, columns, rows, left: margin, top: margin, across: gap, down: gap, first: 0 };
}
