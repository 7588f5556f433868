/** After a build: what the first page load costs, compressed, and whether it is within budget. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const OUT = new URL("../../src/suyuan/entry/static/app/", import.meta.url).pathname;
const BUDGET_KB = 350;

const manifest = JSON.parse(readFileSync(join(decodeURIComponent(OUT), ".vite/manifest.json"), "utf8"));
const initial = new Set();
const walk = (key) => {
  const chunk = manifest[key];
  if (!chunk || initial.has(chunk.file)) return;
  initial.add(chunk.file);
  chunk.imports?.forEach(walk);
};
walk("index.html");
walk("src/i18n/zh/initial.ts"); // fetched before anything is shown; English takes its place, and is smaller

let total = 0;
for (const file of initial) {
  const size = gzipSync(readFileSync(join(decodeURIComponent(OUT), file))).length / 1024;
  total += size;
  console.log(`${size.toFixed(1).padStart(8)} KB gz  ${file}`);
}
console.log(`${total.toFixed(1).padStart(8)} KB gz  initial JavaScript (budget ${BUDGET_KB})`);
if (total > BUDGET_KB) process.exit(1);
