/** Which properties each kind of element has, as data: the panel is drawn from it. */
import type { ElementType } from "./model";

export type PropertyKind = "text" | "lines" | "template" | "number" | "switch" | "choice" | "field" | "picture";

export interface Property {
  name: string;
  kind: PropertyKind;
  /** What the server takes where the document says nothing. */
  standard?: string | number | boolean;
  choices?: readonly string[];
  least?: number;
  most?: number;
  step?: number;
  unit?: "mm" | "pt" | "em";
}

const LETTERING: readonly Property[] = [
  { name: "size", kind: "number", standard: 8, least: 3, most: 300, step: 0.5, unit: "pt" },
  { name: "align", kind: "choice", standard: "left", choices: ["left", "center", "right"] },
  { name: "vertical", kind: "choice", standard: "top", choices: ["top", "middle", "bottom"] },
  { name: "bold", kind: "switch", standard: false },
  { name: "wrap", kind: "switch", standard: false },
  { name: "shrink", kind: "switch", standard: false },
  { name: "reverse", kind: "switch", standard: false },
  { name: "line", kind: "number", standard: 1.2, least: 1, most: 3, step: 0.1, unit: "em" },
  { name: "font", kind: "choice", standard: "sans", choices: ["sans", "device"] },
];
const SYMBOL: readonly Property[] = [
  { name: "content", kind: "template" },
  { name: "module", kind: "number", standard: 0.25, least: 0.05, most: 5, step: 0.01, unit: "mm" },
  { name: "quiet", kind: "switch", standard: true },
  { name: "align", kind: "choice", standard: "center", choices: ["left", "center", "right"] },
];
const BARS: readonly Property[] = [
  ...SYMBOL,
  { name: "words", kind: "switch", standard: true },
  { name: "size", kind: "number", standard: 8, least: 3, most: 60, step: 0.5, unit: "pt" },
];
const THICKNESS: Property = { name: "thickness", kind: "number", standard: 0.3, least: 0.05, most: 50, step: 0.05, unit: "mm" };

export const PROPERTIES: Record<ElementType, readonly Property[]> = {
  text: [{ name: "text", kind: "lines" }, ...LETTERING],
  field: [{ name: "field", kind: "field" }, { name: "pattern", kind: "text", standard: "" }, ...LETTERING],
  formula: [{ name: "formula", kind: "template" }, ...LETTERING],
  datamatrix: [...SYMBOL, { name: "gs1", kind: "switch", standard: true }],
  qr: [
    ...SYMBOL,
    { name: "link", kind: "switch", standard: true },
    { name: "resolver", kind: "text", standard: "https://id.gs1.org" },
    { name: "level", kind: "choice", standard: "M", choices: ["L", "M", "Q", "H"] },
  ],
  gs1_128: BARS,
  code128: BARS,
  ean13: BARS,
  itf14: [...BARS, { name: "bearer", kind: "switch", standard: true }],
  image: [
    { name: "data", kind: "picture" },
    { name: "dither", kind: "switch", standard: false },
    { name: "threshold", kind: "number", standard: 128, least: 1, most: 254, step: 1 },
  ],
  line: [THICKNESS],
  box: [THICKNESS, { name: "fill", kind: "switch", standard: false }],
};
