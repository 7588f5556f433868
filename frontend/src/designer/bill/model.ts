/** A bill of materials as the editor holds it: the body of the definition kind `bill_of_material`, with every list there. */
export const BILL = "bill_of_material";

export interface Alternative {
  material: string;
  quantity: string;
  needs_approval: boolean;
}

export interface Line {
  id: string;
  material: string;
  quantity: string;
  unit: string;
  /** The drawing revision that it must be of; empty: any. */
  revision: string;
  operation: string | null;
  alternatives: Alternative[];
  scrap_percent: string;
  phantom: boolean;
  valid_from: string | null;
  valid_to: string | null;
}

export interface ByProduct {
  material: string;
  quantity: string;
  unit: string;
  kind: "co" | "by";
}

export interface BillBody {
  product: string;
  revision: string;
  lines: Line[];
  by_products: ByProduct[];
  /** Work orders made of sales demand make no less, and multiples of it; null: as much as is needed. */
  lot_minimum: string | null;
  lot_multiple: string | null;
}

const list = <Entry>(value: unknown): Entry[] => (Array.isArray(value) ? (value as Entry[]) : []);

export function newLine(id: string): Line {
  return { id, material: "", quantity: "1", unit: "", revision: "", operation: null, alternatives: [], scrap_percent: "0", phantom: false, valid_from: null, valid_to: null };
}

const amountOf = (value: unknown): string | null => (typeof value === "string" || typeof value === "number" ? String(value) : null);

export function billOf(body: Record<string, unknown>): BillBody {
  return {
    product: typeof body.product === "string" ? body.product : "",
    revision: typeof body.revision === "string" ? body.revision : "",
    lines: list<Partial<Line>>(body.lines).map((line) => ({
      ...newLine(line.id ?? ""),
      ...line,
      alternatives: list<Partial<Alternative>>(line.alternatives).map((each) => ({ material: "", quantity: "1", needs_approval: false, ...each })),
    })),
    lot_minimum: amountOf(body.lot_minimum),
    lot_multiple: amountOf(body.lot_multiple),
    by_products: list<Partial<ByProduct>>(body.by_products).map((each) => ({ material: "", quantity: "1", unit: "", kind: "by", ...each })),
  };
}

export function freeLineId(lines: readonly Line[]): string {
  let number = lines.length + 1;
  while (lines.some(({ id }) => id === `m${number}`)) number += 1;
  return `m${number}`;
}
