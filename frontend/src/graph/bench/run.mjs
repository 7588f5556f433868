/**
 * Frame times of the genealogy viewer in a headless browser with software rendering.
 *
 *   npm run bench:graph            50,000 nodes; fails when panning takes more than 20 ms a frame (95th percentile), or on
 *                                  a busy machine more than 4 ms longer than doing nothing does
 *   npm run bench:graph -- 10000   another size
 *
 * The browser is CHROMIUM, or /usr/bin/chromium.
 */
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";
import { createServer } from "vite";

const nodes = Number(process.argv[2] ?? 50_000);
const GOAL_MS = 20;
const root = fileURLToPath(new URL("../../..", import.meta.url));

const server = await createServer({ root, configFile: false, logLevel: "error", server: { port: 0, host: "127.0.0.1", hmr: false } });
await server.listen();
const { port } = server.httpServer.address();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
});
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on("pageerror", (error) => console.error(error));
  await page.goto(`http://127.0.0.1:${port}/src/graph/bench/index.html?nodes=${nodes}`);
  await page.waitForFunction("window.report", undefined, { timeout: 120_000 });
  const report = await page.evaluate("window.report");
  if (report.error) throw new Error(report.error);
  if (process.env.SHOT) await page.screenshot({ path: process.env.SHOT });
  console.log(`${report.nodes} nodes, ${report.edges} edges; generated in ${report.generate} ms, laid out in ${report.layout} ms (worker)`);
  console.log("frame times in ms".padEnd(40), "median".padStart(8), "p95".padStart(8), "worst".padStart(8));
  const goal = Math.max(GOAL_MS, report.series["idle (the machine itself)"].p95 + 4);
  let slow = false;
  for (const [name, { median, p95, worst }] of Object.entries(report.series)) {
    console.log(name.padEnd(40), ...[median, p95, worst].map((ms) => ms.toFixed(1).padStart(8)));
    slow ||= name.startsWith("pan") && p95 > goal;
  }
  if (slow) {
    console.error(`panning is slower than ${goal} ms a frame`);
    process.exitCode = 1;
  }
} finally {
  await browser.close();
  await server.close();
}
