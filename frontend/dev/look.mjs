/**
 * Look at pages in a real browser:  node dev/look.mjs OUT_DIR [page…]
 * Screenshots each page at three widths, in both languages and both modes, and reports axe violations, console errors,
 * sideways scrolling and requests to any other host. Needs a server at SUYUAN_SERVER and Chromium at CHROMIUM.
 */
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const SERVER = process.env.SUYUAN_SERVER ?? "http://127.0.0.1:8000";
const [out = "shots", ...only] = process.argv.slice(2);
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const LOGIN = process.env.SUYUAN_LOGIN ?? "admin";
const PASSWORD = process.env.SUYUAN_PASSWORD ?? "demo";

const PAGES = { signin: null, home: "/", events: "/events", capture: "/capture", people: "/people", roles: "/roles", tokens: "/tokens", sites: "/sites", audit: "/audit", account: "/account", missing: "/nowhere" };
/** What to press on a page to see its second state. */
const STATES = {
  "events-drawer": ["/events", "[data-row] >> nth=0"],
  "people-form": ["/people", "[data-action=new]"],
  "roles-form": ["/roles", "[data-action=new]"],
  "tokens-form": ["/tokens", "[data-action=new]"],
  "sites-form": ["/sites", "[data-action=new]"],
  "audit-drawer": ["/audit", "[data-row] >> nth=0"],
  "capture-job": ["/capture", "[data-row] >> nth=1"],
};
const WIDTHS = (process.env.WIDTHS ?? "1440,820,390").split(",").map(Number);
const LANGUAGES = (process.env.LANGS ?? "zh,en").split(",");
const MODES = (process.env.MODES ?? "light,dark").split(",");

mkdirSync(out, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"],
});
let faults = 0;
const complain = (name, text) => {
  faults += 1;
  console.log(`${name}: ${text}`);
};

/** As a person does: the form, the button, the shell. */
async function signIn(page) {
  await page.goto(SERVER);
  await page.locator("#login").fill(LOGIN);
  await page.locator("#password").fill(PASSWORD);
  await page.locator("button[type=submit]").click();
  await page.waitForSelector(".shell", { timeout: 15_000 });
}

async function look(page, name, path, press) {
  await page.goto(SERVER + (path ?? "/"));
  await page.waitForLoadState("domcontentloaded");
  await page.waitForSelector(path === null ? "form" : "h1", { timeout: 10_000 }).catch(() => complain(name, "no heading"));
  await page.waitForFunction(() => !document.querySelector(".ant-skeleton, .ant-spin-spinning"), null, { timeout: 8_000 }).catch(() => undefined);
  if (press) {
    await page.locator(press).first().click({ timeout: 8_000 });
    await page.waitForTimeout(500);
  }
  await page.waitForTimeout(450);
  await page.screenshot({ path: `${out}/${name}.png`, fullPage: false });
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  for (const { id, nodes } of violations) complain(name, `axe ${id}: ${nodes.slice(0, 3).map(({ target, any }) => `${target.join(" ")} (${any[0]?.message ?? ""})`).join(" | ")}`);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 1) complain(name, `scrolls ${wide}px sideways`);
}

for (const width of WIDTHS)
  for (const language of LANGUAGES)
    for (const mode of MODES) {
      const context = await browser.newContext({ viewport: { width, height: width < 500 ? 844 : 900 }, colorScheme: mode, reducedMotion: "reduce" });
      await context.addInitScript((chosen) => localStorage.setItem("suyuan.language", chosen), language);
      const page = await context.newPage();
      let current = "";
      page.on("console", (message) => ["error", "warning"].includes(message.type()) && !/401|422|429|409|403/.test(message.text()) && complain(current, `console: ${message.text().slice(0, 300)}`));
      page.on("pageerror", (error) => complain(current, `threw: ${error.message}`));
      page.on("request", (request) => !request.url().startsWith(SERVER) && !/^(data|blob):/.test(request.url()) && complain(current, `foreign request: ${request.url()}`));
      const wanted = [...Object.entries(PAGES).map(([key, path]) => [key, path]), ...Object.entries(STATES).map(([key, [path, press]]) => [key, path, press])];
      let signedIn = false;
      for (const [key, path, press] of wanted) {
        if (only.length && !only.includes(key)) continue;
        if (path !== null && !signedIn) {
          await signIn(page);
          signedIn = true;
        }
        current = `${key}-${width}-${language}-${mode}`;
        await look(page, current, path, press).catch((error) => complain(current, error.message.split("\n")[0]));
      }
      await context.close();
    }
await browser.close();
console.log(faults ? `${faults} things to look at` : "nothing to complain about");
process.exitCode = faults ? 1 : 0;
