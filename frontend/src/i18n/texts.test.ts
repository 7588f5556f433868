import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

import consoleEn from "./en";
import pdaEn from "./en/pda";
import consoleZh from "./zh";
import pdaZh from "./zh/pda";

/** The PDA carries its own texts, and the console does not carry them. */
const zh = { ...consoleZh, pda: pdaZh };
const en = { ...consoleEn, pda: pdaEn };
const SOURCE = join(import.meta.dirname, "..");
const HAN = /[\u3400-\u9fff]/;

function flat(texts: object, path = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(texts) as [string, unknown][]) {
    const key = path ? `${path}.${name}` : name;
    if (typeof value === "string") found.set(key, value);
    else if (typeof value === "object" && value !== null) for (const [inner, text] of flat(value, key)) found.set(inner, text);
  }
  return found;
}

function placeholders(text: string): string[] {
  return [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name ?? "").sort();
}

function files(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? files(path) : [path];
  });
}

const CHINESE = flat(zh);
const ENGLISH = flat(en);

describe("the texts", () => {
  it("exist in both languages", () => {
    expect([...ENGLISH.keys()].sort()).toEqual([...CHINESE.keys()].sort());
  });

  it("use the same placeholders in both languages", () => {
    const differing = [...CHINESE].filter(([key, text]) => placeholders(text).join() !== placeholders(ENGLISH.get(key) ?? "").join());
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  it("are never empty", () => {
    const empty = [...CHINESE, ...ENGLISH].filter(([, text]) => text.trim() === "").map(([key]) => key);
    expect(empty).toEqual([]);
  });

  it("are in the language they claim", () => {
    // names of languages are written in their own language, and product words such as Excel stay as they are
    const foreign = [...ENGLISH].filter(([key, text]) => HAN.test(text) && !key.includes("languageNames")).map(([key]) => key);
    expect(foreign).toEqual([]);
  });

  it("have every area that a folder has a file for", () => {
    for (const [folder, texts] of [["zh", zh], ["en", en]] as const) {
      const areas = readdirSync(join(SOURCE, "i18n", folder)).filter((name) => name !== "index.ts" && name !== "initial.ts").map((name) => name.replace(/\.ts$/, ""));
      expect(Object.keys(texts).sort()).toEqual(areas.sort());
    }
  });
});

describe("the sources", () => {
  const own = files(SOURCE).filter((path) => /\.tsx?$/.test(path) && !/\.test\.tsx?$|schema\.d\.ts$|[\\/](i18n|testing|dev|bench)[\\/]/.test(path));

  it("hold no Chinese text of their own", () => {
    const withText = own.filter((path) => HAN.test(readFileSync(path, "utf8").replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, "")));
    expect(withText.map((path) => path.slice(SOURCE.length + 1))).toEqual([]);
  });

  it("stay within 300 lines", () => {
    const long = own.filter((path) => readFileSync(path, "utf8").split("\n").length > 301);
    expect(long.map((path) => path.slice(SOURCE.length + 1))).toEqual([]);
  });
});
