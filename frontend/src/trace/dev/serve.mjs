/**
 * The console with the invented plant behind it, for working on the trace desk:
 *
 *   node src/trace/dev/serve.mjs [units]     http://127.0.0.1:5199, sign in as admin / demo
 */
import { fileURLToPath } from "node:url";

import react from "@vitejs/plugin-react";
import { createServer } from "vite";

import { routes, session } from "../../../dev/routes.mjs";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const units = Number(process.argv[2] ?? 640);
let desk = null;

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return chunks.length ? JSON.parse(Buffer.concat(chunks).toString("utf8")) : {};
}

async function handle(server, request, response, next) {
  const url = new URL(request.url, "http://127.0.0.1");
  if (!url.pathname.startsWith("/api/")) return next();
  const english = (request.headers["accept-language"] ?? "").startsWith("en");
  desk ??= new (await server.ssrLoadModule("/src/trace/dev/routes.ts")).DeskServer(units);
  const send = (status, json, headers = {}) => response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(json));
  const reply = desk.answer(url.pathname, url.searchParams, english);
  if (reply) return send(reply.status, reply.body);
  for (const [method, pattern, handler] of routes) {
    const match = request.method === method ? new RegExp(`^${pattern.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`).exec(url.pathname) : null;
    if (!match) continue;
    const say = (zh, en) => (english ? en : zh);
    const result = await handler({ query: url.searchParams, path: match.groups ?? {}, body: await bodyOf(request), request, response, say, session: session(request) });
    return result && send(result.status ?? 200, result.problem ?? result.json ?? null, result.headers);
  }
  return send(404, { code: "no_such_path" });
}

const server = await createServer({
  root,
  configFile: false,
  plugins: [react(), { name: "desk", configureServer: (made) => void made.middlewares.use((...call) => void handle(made, ...call)) }],
  server: { host: "127.0.0.1", port: Number(process.env.PORT ?? 5199), strictPort: true },
  logLevel: "warn",
});
await server.listen();
console.log(server.resolvedUrls?.local[0]);
