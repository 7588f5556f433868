/** What the stand-in server answers, route by route. */
import * as plant from "./plant.mjs";
import * as admin from "./adminData.mjs";

const MINUTE = 60_000;
const now = Date.now();
const events = Array.from({ length: 1500 }, (_, index) => plant.makeEvent(index + 1, new Date(now - (1500 - index) * 0.9 * MINUTE)));
const jobs = admin.jobs(now);

const row = ({ all: _all, ...event }) => event;

function page(rows, query, size = 50) {
  const limit = Number(query.get("limit") ?? size);
  const start = Number(query.get("cursor") ?? 0);
  const next = start + limit < rows.length ? String(start + limit) : null;
  return { json: { rows: rows.slice(start, start + limit), next, total: rows.length } };
}

export function session(request) {
  const login = /mock=(\w+)/.exec(request.headers.cookie ?? "")?.[1];
  if (!login) return null;
  return {
    user: { id: 1, login, name: login === "viewer" ? "访客" : "李工", language: "zh" },
    tenant: { id: 1, code: "demo", name: "示范电子有限公司" },
    sites: admin.sites,
    permissions: login === "viewer" ? ["trace:event:read"] : admin.permissions.map(({ name }) => name),
    csrf_token: "mock-token",
  };
}

function signIn({ body, say }) {
  if (body.login === "locked")
    return { status: 429, problem: { code: "tenancy.locked_out", title: say("尝试次数过多，已暂停登录。", "Too many attempts; signing in is paused."), detail: say("请在 540 秒后重试。", "Try again in 540 seconds."), params: { retry_after: "540" } } };
  if (body.password !== "demo")
    return { status: 401, problem: { code: "tenancy.wrong_credentials", title: say("账号或密码不对。", "The login or the password is wrong."), detail: say("请检查大小写和输入法后重试；忘记密码请找管理员重设。", "Check capitals and the keyboard layout and try again.") } };
  const headers = { "set-cookie": `mock=${body.login}; Path=/; SameSite=Lax` };
  return { headers, json: session({ headers: { cookie: `mock=${body.login}` } }) };
}

function home() {
  const start = new Date();
  start.setHours(0, 0, 0, 0);
  const hour = new Date().getHours();
  const hours = Array.from({ length: hour + 1 }, (_, index) => ({
    hour: new Date(start.getTime() + index * 60 * MINUTE).toISOString(),
    events: index < 7 ? 40 + index * 3 : 380 + ((index * 97) % 160),
    output: index < 7 ? 0 : 30 + ((index * 13) % 17),
  }));
  return {
    json: {
      date: start.toISOString().slice(0, 10),
      output: 642,
      output_yesterday: 617,
      events: 8421,
      events_total: 254310,
      first_pass_yield_yesterday: 0.9471,
      yield_rate: 0.9812,
      first_pass_yield: 0.9534,
      hours,
      steps: plant.STEPS.map(({ value }, index) => ({ step: value, events: 1600 - index * 160 })),
      latest: events.slice(-10).reverse().map(row),
      alarms: admin.alarms(now),
      capture_ms: 3.4,
      trace_ms: 12.8,
    },
  };
}

function filtered(query) {
  const equal = { type: "type", action: "action", step: "biz_step", place: "biz_location", person: "person", equipment: "equipment", disposition: "disposition" };
  const found = events.filter((event) => {
    if (query.has("from") && event.time < new Date(query.get("from")).toISOString()) return false;
    if (query.has("to") && event.time > new Date(query.get("to")).toISOString()) return false;
    if (query.has("item") && !event.all.some(({ id }) => id === Number(query.get("item")))) return false;
    return Object.entries(equal).every(([name, field]) => !query.has(name) || event[field] === query.get(name));
  });
  return (query.get("sort") ?? "-time").startsWith("-") ? found.reverse() : found;
}

function itemRows() {
  const found = new Map(events.flatMap(({ all }) => all).map((item) => [item.id, { id: item.id, uri: item.uri, label: item.label, kind: item.kind }]));
  return [...found.values()];
}

function items({ query }) {
  const typed = (query.get("search") ?? "").toLowerCase();
  return page(itemRows().filter(({ label, uri }) => label.toLowerCase().includes(typed) || uri === typed), query);
}

function live({ response }) {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  response.write(": hello\n\n");
  const timer = setInterval(() => {
    const event = plant.makeEvent(events.length + 1, new Date());
    events.push(event);
    response.write(`event: recorded\ndata: ${JSON.stringify({ count: 1, latest: [row(event)] })}\n\n`);
  }, 3000);
  response.on("close", () => clearInterval(timer));
}

function exportEvents({ response, query }) {
  response.writeHead(200, { "content-type": "text/csv", "content-disposition": `attachment; filename="events.${query.get("format")}"` });
  response.end("number,time\n");
}

function capture({ body, request, say }) {
  if (body.unreadable) return { status: 400, problem: { code: "epcis.not_json", title: say("不是 JSON", "This is not JSON"), detail: say("请检查文件。", "Check the file."), at: "char 1" } };
  const id = `job-${jobs.length + 1}`;
  jobs.unshift(admin.job(id, Date.now(), body.epcisBody?.eventList?.length ?? 3, request.headers["gs1-capture-error-behaviour"] === "proceed" ? 1 : 0));
  return { status: 202, headers: { location: `/epcis/v2/capture/${id}` }, json: { captureID: id } };
}

export const routes = [
  ["GET", "/api/v1/session", ({ session: who, say }) => (who ? { json: who } : { status: 401, problem: { code: "kernel.not_signed_in", title: say("请先登录", "Sign in first") } })],
  ["POST", "/api/v1/session", signIn],
  ["PATCH", "/api/v1/session", ({ session: who }) => ({ json: who })],
  ["DELETE", "/api/v1/session", () => ({ headers: { "set-cookie": "mock=; Path=/; Max-Age=0" }, json: {} })],
  ["POST", "/api/v1/session/password", ({ body, say }) => (body.old === "demo" ? { json: {} } : { status: 422, problem: { code: "tenancy.password_wrong", title: say("原密码不对。", "The old password is wrong."), detail: say("请重新输入现在使用的密码。", "Type the password you use now once more."), at: "/old" } })],
  ["GET", "/api/v1/home", home],
  ["GET", "/api/v1/live", live],
  ["GET", "/api/v1/items", items],
  ["GET", "/api/v1/items/{id}", ({ path }) => ({ json: itemRows().find(({ id }) => id === Number(path.id)) })],
  ["GET", "/api/v1/events", ({ query }) => page(filtered(query).map(row), query)],
  ["GET", "/api/v1/events/export", exportEvents],
  ["GET", "/api/v1/events/{number}", ({ path }) => ({ json: plant.eventDetail(events[Number(path.number) - 1]) })],
  ["GET", "/api/v1/vocabulary", () => ({ json: { steps: plant.STEPS, dispositions: plant.DISPOSITIONS, types: [], places: plant.PLACES, equipment: plant.EQUIPMENT, people: plant.PEOPLE, products: plant.PRODUCTS } })],
  ["GET", "/api/v1/capture/jobs", ({ query }) => page(jobs.map((job) => ({ ...job, errors: job.refused })), query, 20)],
  ["GET", "/api/v1/capture/jobs/{id}", ({ path }) => ({ json: jobs.find(({ id }) => id === path.id) })],
  ["POST", "/epcis/v2/capture", capture],
  ...admin.routes(page),
];
