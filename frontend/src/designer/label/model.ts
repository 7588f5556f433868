import { freshId, moved } from "../entries";

/** The label document, as the server keeps it: millimetres from the top left corner, boxes as they lie on the label. */

export type Rotation = 0 | 90 | 180 | 270;
export type Align = "left" | "center" | "right";
export type Vertical = "top" | "middle" | "bottom";

export interface Frame {
  x: number;
  y: number;
  w: number;
  h: number;
}

interface Piece extends Frame {
  id: string;
  rotate?: Rotation;
  name?: string;
  locked?: boolean;
}

interface Lettering extends Piece {
  size?: number;
  bold?: boolean;
  font?: "sans" | "device";
  align?: Align;
  vertical?: Vertical;
  wrap?: boolean;
  shrink?: boolean;
  reverse?: boolean;
  line?: number;
}

interface SymbolPiece extends Piece {
  content: string;
  module?: number;
  quiet?: boolean;
  align?: Align;
}

interface Bars extends SymbolPiece {
  words?: boolean;
  size?: number;
}

export type LabelElement =
  | (Lettering & { type: "text"; text: string })
  | (Lettering & { type: "field"; field: string; pattern?: string })
  | (Lettering & { type: "formula"; formula: string })
  | (SymbolPiece & { type: "datamatrix"; gs1?: boolean })
  | (SymbolPiece & { type: "qr"; link?: boolean; resolver?: string; level?: "L" | "M" | "Q" | "H" })
  | (Bars & { type: "gs1_128" | "code128" | "ean13" })
  | (Bars & { type: "itf14"; bearer?: boolean })
  | (Piece & { type: "image"; data: string; dither?: boolean; threshold?: number })
  | (Piece & { type: "line"; thickness?: number })
  | (Piece & { type: "box"; thickness?: number; fill?: boolean });

export type ElementType = LabelElement["type"];

export interface LabelField {
  id: string;
  kind?: "text" | "date" | "number";
  title_zh?: string;
  title_en?: string;
  sample?: string;
  required?: boolean;
}

export interface LabelDocument {
  width: number;
  height: number;
  gap?: number;
  fields: LabelField[];
  elements: LabelElement[];
}

export const ELEMENT_TYPES: readonly ElementType[] = [
  "text", "field", "formula", "datamatrix", "qr", "gs1_128", "code128", "ean13", "itf14", "image", "line", "box",
];

export const LETTERING: readonly ElementType[] = ["text", "field", "formula"];
export const BARS: readonly ElementType[] = ["gs1_128", "code128", "ean13", "itf14"];
export const SYMBOLS: readonly ElementType[] = ["datamatrix", "qr", ...BARS];

const SIZES: Record<ElementType, [number, number]> = {
  text: [24, 5], field: [24, 5], formula: [30, 5], datamatrix: [16, 16], qr: [22, 22], gs1_128: [60, 15], code128: [45, 14],
  ean13: [38, 18], itf14: [60, 18], image: [15, 15], line: [30, 1], box: [20, 12],
};

/** A picture of one black square: what an image element shows until a file is chosen. */
const EMPTY_PICTURE =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAAAAACoWZBhAAAAJ0lEQVR42mNkYPjPgAKYGIgFI0gBI7KN/1FtZ0FXh24mEzEKGXEqBADWnwMTsxYXHQAAAABJRU5ErkJggg==";

/** Millimetres to the hundredth: finer than any printer's dot. */
export function mm(value: number): number {
  return Math.round(value * 100) / 100;
}

/** A new element of a kind, with its middle at a point of the label and wholly on it. */
export function newElement(document: LabelDocument, type: ElementType, at: { x: number; y: number }): LabelElement {
  const [width, height] = SIZES[type];
  const w = Math.min(width, document.width);
  const h = Math.min(height, document.height);
  const frame = {
    id: freshId(document.elements, type),
    x: mm(Math.min(Math.max(0, at.x - w / 2), document.width - w)),
    y: mm(Math.min(Math.max(0, at.y - h / 2), document.height - h)),
    w,
    h,
  };
  const field = document.fields[0]?.id ?? "";
  const gtin = document.fields.some(({ id }) => id === "gtin") ? "{gtin}" : "09521234543213";
  switch (type) {
    case "text":
      return { type, ...frame, text: "Text", size: 9 };
    case "field":
      return field ? { type, ...frame, field, size: 9, shrink: true } : { type: "text", ...frame, text: "Text", size: 9 };
    case "formula":
      return { type, ...frame, formula: field ? `{${field}}` : "Text", size: 9, shrink: true };
    case "datamatrix":
    case "gs1_128":
      return { type, ...frame, content: `(01)${gtin}`, module: 0.25 };
    case "qr":
      return { type, ...frame, content: `(01)${gtin}`, module: 0.3 };
    case "code128":
      return { type, ...frame, content: field ? `{${field}}` : "12345678", module: 0.25 };
    case "ean13":
    case "itf14":
      return { type, ...frame, content: gtin, module: 0.25 };
    case "image":
      return { type, ...frame, data: EMPTY_PICTURE };
    case "line":
      return { type, ...frame, thickness: 0.3 };
    case "box":
      return { type, ...frame, thickness: 0.3 };
  }
}

/** What an element is about, in a word or two: its own name, else what it prints. */
export function captionOf(element: LabelElement): string {
  if (element.name) return element.name;
  switch (element.type) {
    case "text":
      return element.text;
    case "field":
      return `{${element.field}}`;
    case "formula":
      return element.formula;
    case "image":
    case "line":
    case "box":
      return "";
    default:
      return element.content;
  }
}

export function changed(document: LabelDocument, ids: readonly string[], change: (element: LabelElement) => LabelElement): LabelDocument {
  const chosen = new Set(ids);
  return { ...document, elements: document.elements.map((element) => (chosen.has(element.id) ? change(element) : element)) };
}

export function without(document: LabelDocument, ids: readonly string[]): LabelDocument {
  const gone = new Set(ids);
  return { ...document, elements: document.elements.filter(({ id, locked }) => !gone.has(id) || locked) };
}

/** Copies of elements, a little to the right and below. */
export function duplicated(document: LabelDocument, ids: readonly string[]): { document: LabelDocument; ids: string[] } {
  let next = document;
  const made: string[] = [];
  for (const element of document.elements) {
    if (!ids.includes(element.id)) continue;
    const id = freshId(next.elements, element.type);
    const x = mm(Math.min(element.x + 2, document.width - element.w));
    const y = mm(Math.min(element.y + 2, document.height - element.h));
    next = { ...next, elements: [...next.elements, { ...element, id, x, y, locked: false }] };
    made.push(id);
  }
  return { document: next, ids: made };
}

/** Move an element in the order of drawing: later ones lie above. */
export function reordered(document: LabelDocument, id: string, by: -1 | 1): LabelDocument {
  const from = document.elements.findIndex((element) => element.id === id);
  const to = from + by;
  return from < 0 || to < 0 || to >= document.elements.length ? document : { ...document, elements: moved(document.elements, id, to) };
}

export function samplesOf(document: LabelDocument): Record<string, string> {
  return Object.fromEntries(document.fields.map(({ id, sample }) => [id, sample ?? ""]));
}
