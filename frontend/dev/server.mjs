/**
 * A stand-in for the server while working on the console:  npm run mock  (port 8000), then  npm run dev.
 * It serves the built console too, when there is one. Sign in as admin / demo; `locked` meets the lock-out, `viewer` few rights.
 */
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

import { routes, session } from "./routes.mjs";

const PORT = Number(process.env.PORT ?? 8000);
const STATIC = process.env.SUYUAN_BUILD ?? decodeURIComponent(new URL("../../src/suyuan/entry/static/app/", import.meta.url).pathname);
const TYPES = { ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".html": "text/html; charset=utf-8", ".woff2": "font/woff2" };

async function serveFile(path, response) {
  const name = path.startsWith("/static/app/") ? path.slice("/static/app/".length) : "index.html";
  try {
    const body = await readFile(join(STATIC, normalize(name)));
    response.writeHead(200, { "content-type": TYPES[extname(name)] ?? "application/octet-stream" }).end(body);
  } catch {
    response.writeHead(404).end();
  }
}

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString("utf8");
  try {
    return text ? JSON.parse(text) : {};
  } catch {
    return { unreadable: text.length };
  }
}

function problem(response, status, fields) {
  response.writeHead(status, { "content-type": "application/problem+json" });
  response.end(JSON.stringify({ type: "about:blank", status, ...fields }));
}

async function answer(request, response) {
  const url = new URL(request.url, "http://127.0.0.1");
  const english = (request.headers["accept-language"] ?? "").startsWith("en");
  const say = (zh, en) => (english ? en : zh);
  if (!url.pathname.startsWith("/api/") && !url.pathname.startsWith("/epcis/")) return serveFile(url.pathname, response);
  if (url.searchParams.has("delay")) await new Promise((done) => setTimeout(done, Number(url.searchParams.get("delay"))));
  const signedIn = (request.headers.cookie ?? "").includes("mock=");
  if (!signedIn && url.pathname !== "/api/v1/session")
    return problem(response, 401, { code: "kernel.not_signed_in", title: say("请先登录", "Sign in first"), detail: say("请重新登录。", "Sign in again.") });
  for (const [method, pattern, handler] of routes) {
    const match = request.method === method ? new RegExp(`^${pattern.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`).exec(url.pathname) : null;
    if (!match) continue;
    const body = ["POST", "PATCH"].includes(method) ? await bodyOf(request) : {};
    const context = { query: url.searchParams, path: match.groups ?? {}, body, request, response, say, session: session(request) };
    const result = await handler(context);
    if (result === undefined) return undefined;
    if (result.problem) return problem(response, result.status, result.problem);
    response.writeHead(result.status ?? 200, { "content-type": "application/json", ...result.headers });
    return response.end(JSON.stringify(result.json ?? null));
  }
  return problem(response, 404, { code: "chassis.no_such_path", title: say("没有这个地址", "There is no such address"), detail: url.pathname });
}

createServer((request, response) => {
  answer(request, response).catch((error) => {
    console.error(error);
    problem(response, 500, { code: "mock.failed", title: String(error) });
  });
}).listen(PORT, "127.0.0.1", () => console.log(`mock server on http://127.0.0.1:${PORT}`));
