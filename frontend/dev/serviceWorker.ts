/** A build step: the service worker of the PDA, told which files it must hold so that the page opens without a network. */
import { readFileSync } from "node:fs";
import { createHash } from "node:crypto";
import type { Plugin } from "vite";

const SOURCE = new URL("../src/pda/offline/worker.js", import.meta.url);
const ENTRY = "pda.html";

export function pdaServiceWorker(base: string): Plugin {
  return {
    name: "suyuan-pda-service-worker",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const files = new Set<string>();
        const walk = (name: string) => {
          const chunk = bundle[name];
          if (chunk?.type !== "chunk" || files.has(name)) return;
          files.add(name);
          for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(style);
          for (const asset of chunk.viteMetadata?.importedAssets ?? []) files.add(asset);
          [...chunk.imports, ...chunk.dynamicImports].forEach(walk);
        };
        for (const [name, chunk] of Object.entries(bundle)) if (chunk.type === "chunk" && chunk.isEntry && chunk.facadeModuleId?.endsWith(ENTRY)) walk(name);
        // hashed names tell the version: the same files, the same worker
        const all = [...files].sort().map((name) => base + name);
        // programs are large and not for everybody: they are held once they were used
        const list = all.filter((name) => !name.endsWith(".wasm"));
        const later = all.filter((name) => name.endsWith(".wasm"));
        const source = readFileSync(SOURCE, "utf8");
        const version = createHash("sha256").update(all.join() + source).digest("hex").slice(0, 12);
        this.emitFile({ type: "asset", fileName: "pda-sw.js", source: `const VERSION = ${JSON.stringify(version)};\nconst FILES = ${JSON.stringify(list)};\nconst LATER = ${JSON.stringify(later)};\n${source}` });
      },
    },
  };
}
