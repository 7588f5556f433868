/**
 * A build step: the guides of docs/guide, with the pictures that they show, as one module for each language
 * (`virtual:guides/zh`): `texts` by chapter, `pictures` by file name, each in its light and its dark form.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const DOCS = fileURLToPath(new URL("../../docs/", import.meta.url));
const MODULE = /virtual:guides\/(zh|en)$/;
const PICTURE = /!\[[^\]]*\]\(\.\.\/\.\.\/screenshots\/([\w-]+\.webp)\)/g;

function both(name: string): string[] {
  return [name, name.replace("-light-", "-dark-")];
}

export function guides(): Plugin {
  return {
    name: "suyuan-guides",
    resolveId: (id) => (MODULE.test(id) ? `\0${id}` : undefined),
    load(id) {
      const language = id.startsWith("\0") ? MODULE.exec(id)?.[1] : undefined;
      if (!language) return undefined;
      const folder = `${DOCS}guide/${language}/`;
      const names = readdirSync(folder).filter((name) => name.endsWith(".md")).sort();
      const texts: Record<string, string> = {};
      for (const name of names) {
        this.addWatchFile(folder + name);
        texts[name.slice(0, -3)] = readFileSync(folder + name, "utf8");
      }
      const shown = [...new Set(Object.values(texts).flatMap((text) => [...text.matchAll(PICTURE)].flatMap(([, name]) => both(name ?? ""))))];
      const there = shown.filter((name) => existsSync(`${DOCS}screenshots/${name}`)).sort();
      const imports = there.map((name, at) => `import p${at} from ${JSON.stringify(`${DOCS}screenshots/${name}?url`)};`);
      const pictures = there.map((name, at) => `${JSON.stringify(name)}: p${at}`);
      return `${imports.join("\n")}\nexport const texts = ${JSON.stringify(texts)};\nexport const pictures = { ${pictures.join(", ")} };\n`;
    },
  };
}
