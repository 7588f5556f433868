/**
 * Reading a scanned code on a device without the network: enough of the GS1 General Specifications (element strings,
 * brackets, Digital Link) to find the item on the device and to tell its class. The server decodes the raw scan again,
 * with all checks, and its word counts.
 */
import type { ItemFacts } from "./types";

const GS = "\u001d";

/** Lengths of the values that GS1 fixes, by the first two digits of the application identifier (General Specifications, 7.8.5). */
const FIXED: Readonly<Record<string, number>> = {
  "00": 18, "01": 14, "02": 14, "03": 14, "11": 6, "12": 6, "13": 6, "15": 6, "16": 6, "17": 6, "18": 6, "19": 6, "20": 2, "41": 13,
};
/** Identifiers of three and four digits begin so; all others have two. */
const FOUR = /^(31|32|33|34|35|36|39|70|71|72|80|81|82|43)/;
const THREE = /^(23|24|25|40|41|42|71)/;

export interface Scanned {
  raw: string;
  /** The identifier as the server writes it, where the code is a GS1 one; else the bare text. */
  uri: string;
  /** `unit`, `lot`, `carrier`, `product`, `place`, `equipment`, `person` or null where the code does not tell. */
  class: string | null;
  /** How a person reads it. */
  label: string;
  gtin: string | null;
  lot: string | null;
  serial: string | null;
  /** `YYYY-MM-DD` */
  expiry: string | null;
  item: ItemFacts | null;
}

/** The code without the scanner's symbology identifier (`]d2`) and without surrounding blanks. */
export function bare(raw: string): string {
  const text = raw.replace(/^\s+|[ \t\r\n]+$/gu, "").replace(/^\][A-Za-z]\d/u, "");
  return text.startsWith(GS) ? text.slice(1) : text;
}

function identifierLength(text: string): number {
  if (/^4[123]|^7[1]/.test(text) && THREE.test(text)) return 3;
  if (FOUR.test(text)) return 4;
  return THREE.test(text) ? 3 : 2;
}

function fromElements(text: string): Map<string, string> | null {
  const found = new Map<string, string>();
  let rest = text;
  while (rest) {
    const ai = rest.slice(0, identifierLength(rest));
    if (!/^\d{2,4}$/.test(ai)) return null;
    rest = rest.slice(ai.length);
    const fixed = FIXED[ai.slice(0, 2)] ?? (/^3[1-6]/.test(ai) ? 6 : undefined);
    const separator = rest.indexOf(GS);
    const end = fixed ?? (separator < 0 ? rest.length : separator);
    const value = rest.slice(0, end);
    if (!value || value.includes(GS) || (fixed !== undefined && value.length < fixed)) return null;
    found.set(ai, value);
    rest = rest.slice(end);
    if (rest.startsWith(GS)) rest = rest.slice(1);
  }
  return found.size ? found : null;
}

function fromBrackets(text: string): Map<string, string> | null {
  if (!/^\(\d{2,4}\)/.test(text)) return null;
  return new Map([...text.matchAll(/\((\d{2,4})\)([^(]*)/gu)].map(([, ai = "", value = ""]) => [ai, value]));
}

function fromLink(text: string): Map<string, string> | null {
  const found = /^https?:\/\/[^/]+(?:\/[^/?#]+)*?((?:\/\d{2,4}\/[^/?#]+)+)(?:\?([^#]*))?/u.exec(text);
  if (!found) return null;
  const elements = new Map<string, string>();
  const steps = (found[1] ?? "").split("/").slice(1);
  for (let i = 0; i + 1 < steps.length; i += 2) elements.set(steps[i] ?? "", decoded(steps[i + 1] ?? ""));
  for (const [name, value] of new URLSearchParams(found[2] ?? "")) if (/^\d{2,4}$/.test(name)) elements.set(name, value);
  return elements;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `261231` as `2026-12-31`; day 00 is the last of its month. The century is the one within 50 years (General Specifications, 7.12). */
export function gs1Date(text: string | undefined, year: number): string | null {
  const found = /^(\d\d)(\d\d)(\d\d)$/.exec(text ?? "");
  if (!found) return null;
  const [, yy = "", month = "", day = ""] = found;
  let full = Math.floor(year / 100) * 100 + Number(yy);
  if (full - year > 50) full -= 100;
  if (full - year < -49) full += 100;
  const last = new Date(Date.UTC(full, Number(month), 0)).getUTCDate();
  return `${full}-${month}-${day === "00" ? String(last).padStart(2, "0") : day}`;
}

const KEYS: readonly [string, string, string | null][] = [
  ["00", "carrier", null],
  ["01", "unit", "21"],
  ["01", "lot", "10"],
  ["01", "product", null],
  ["414", "place", "254"],
  ["414", "place", null],
  ["8003", "carrier", null],
  ["8004", "equipment", null],
  ["8018", "person", null],
  ["8010", "unit", "8011"],
];

function canonical(elements: ReadonlyMap<string, string>): { uri: string; class: string } | null {
  for (const [key, kind, qualifier] of KEYS) {
    const value = elements.get(key);
    const more = qualifier === null ? undefined : elements.get(qualifier);
    if (value === undefined || (qualifier !== null && more === undefined)) continue;
    const tail = qualifier === null ? "" : `/${qualifier}/${encodeURIComponent(more ?? "")}`;
    return { uri: `https://id.gs1.org/${key}/${encodeURIComponent(value)}${tail}`, class: kind };
  }
  return null;
}

/** What a device knows of the plant, found by identifier, by label and by the last part of a plant's own code. */
export class ItemIndex {
  readonly #items = new Map<string, ItemFacts>();

  constructor(items: readonly ItemFacts[]) {
    for (const item of items) {
      this.#items.set(item.uri, item);
      const own = /^urn:suyuan:[^:]+:[^:]+:(.+)$/u.exec(item.uri)?.[1];
      for (const name of [item.label, own && decoded(own)]) if (name && !this.#items.has(name)) this.#items.set(name, item);
    }
  }

  get size(): number {
    return this.#items.size;
  }

  find(...names: readonly string[]): ItemFacts | null {
    for (const name of names) {
      const item = this.#items.get(name);
      if (item) return item;
    }
    return null;
  }
}

/** What a scan says, and the item on this device that it names. */
export function identify(raw: string, index: ItemIndex, year: number): Scanned {
  const text = bare(raw);
  const elements = fromLink(text) ?? fromBrackets(text) ?? (/^\d{2}/.test(text) && text.length > 3 ? fromElements(text) : null);
  const known = elements && canonical(elements);
  const item = index.find(known?.uri ?? text, text);
  return {
    raw,
    uri: item?.uri ?? known?.uri ?? text,
    class: item?.kind ?? known?.class ?? null,
    label: item?.label ?? elements?.get("21") ?? elements?.get("00") ?? elements?.get("10") ?? elements?.get("01") ?? text,
    gtin: elements?.get("01") ?? null,
    serial: elements?.get("21") ?? null,
    lot: item?.lot ?? elements?.get("10") ?? null,
    expiry: item?.expiry ?? gs1Date(elements?.get("17"), year),
    item,
  };
}
