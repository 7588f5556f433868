/** People, roles, tokens, sites and the audit trail of the stand-in server. */

export const sites = [
  { id: 1, code: "SZ", name_zh: "深圳工厂", name_en: "Shenzhen plant", location_uri: "urn:suyuan:demo:place:SZ" },
  { id: 2, code: "CD", name_zh: "成都工厂", name_en: "Chengdu plant", location_uri: null },
];

export const permissions = [
  ["trace:event:read", "查看追溯事件", "See trace events"],
  ["trace:event:write", "采集追溯事件", "Capture trace events"],
  ["trace:item:read", "追溯与查看对象", "Trace and see items"],
  ["trace:answer:export", "导出追溯结果", "Export trace answers"],
  ["tenancy:person:read", "查看人员", "See people"],
  ["tenancy:person:write", "管理人员", "Manage people"],
  ["tenancy:role:read", "查看角色", "See roles"],
  ["tenancy:role:write", "管理角色", "Manage roles"],
  ["tenancy:token:read", "查看 API 令牌", "See API tokens"],
  ["tenancy:token:write", "管理 API 令牌", "Manage API tokens"],
  ["tenancy:site:read", "查看工厂", "See sites"],
  ["tenancy:site:write", "管理工厂", "Manage sites"],
  ["compliance:audit:read", "查看审计记录", "See the audit trail"],
  ["analytics:home:read", "查看首页", "See the home page"],
].map(([name, zh, en]) => ({ name, zh, en }));

const created = "2026-03-02T01:20:00Z";
const people = [
  { id: 1, login: "admin", name: "李工", language: "zh", active: true, created, last_login: "2026-03-30T00:12:00Z", roles: [{ role_id: 1, site_id: null }] },
  { id: 2, login: "zhang.min", name: "张敏", language: "zh", active: true, created, last_login: "2026-03-29T08:40:00Z", roles: [{ role_id: 2, site_id: 1 }, { role_id: 3, site_id: 2 }] },
  { id: 3, login: "j.smith", name: "John Smith", language: "en", active: false, created, last_login: null, roles: [] },
];
const roles = [
  { id: 1, name_zh: "管理员", name_en: "Administrator", permissions: permissions.map(({ name }) => name), people: 1 },
  { id: 2, name_zh: "质量工程师", name_en: "Quality engineer", permissions: ["trace:event:read", "trace:item:read", "trace:answer:export", "analytics:home:read"], people: 1 },
  { id: 3, name_zh: "操作工", name_en: "Operator", permissions: ["trace:event:write", "trace:item:read"], people: 1 },
];
const tokens = [
  { id: 1, name: "MES 接口", prefix: "sy_7Kq2", permissions: ["trace:event:write"], site_id: 1, created, created_by: "李工", expires: null, last_used: "2026-03-30T00:10:00Z", revoked: null },
  { id: 2, name: "BI 报表", prefix: "sy_p9Xd", permissions: ["trace:event:read", "trace:item:read"], site_id: null, created, created_by: "李工", expires: "2026-12-31T16:00:00Z", last_used: null, revoked: null },
];
const audit = Array.from({ length: 64 }, (_, index) => ({
  id: 64 - index,
  time: new Date(Date.parse("2026-03-30T02:00:00Z") - index * 3_700_000).toISOString(),
  actor_id: index % 4 === 3 ? null : 1,
  actor: index % 4 === 3 ? "system" : "李工",
  via: index % 4 === 3 ? "system" : "session",
  request_id: `req-${64 - index}`,
  action: ["update", "insert", "delete"][index % 3],
  table: ["tenancy_user", "tenancy_role", "tenancy_token", "tenancy_site"][index % 4],
  record: String(1 + (index % 9)),
  before: index % 3 === 1 ? null : { name: "张敏", active: true, roles: [{ role_id: 2, site_id: null }] },
  after: index % 3 === 2 ? null : { name: "张敏", active: index % 2 === 0, roles: [{ role_id: 2, site_id: 1 }], language: "zh" },
  reason: null,
}));

export function alarms(now) {
  return [
    { id: 1, time: new Date(now - 4 * 60_000).toISOString(), level: "error", kind: "parameter", title_zh: "回流炉 RFL-01 峰值温度 251.4 °C，超过上限 250 °C", title_en: "Reflow oven RFL-01 peak temperature 251.4 °C, above the limit of 250 °C", item_id: 1421, item_label: "G3000421", item_uri: "https://id.gs1.org/01/09521234543213/21/G3000421", event_number: 1263 },
    { id: 2, time: new Date(now - 37 * 60_000).toISOString(), level: "warning", kind: "gap", title_zh: "批次 C00017 在产出之前被投用", title_en: "Lot C00017 was used before it was made", item_id: 67, item_label: "C00017", item_uri: "urn:suyuan:demo:lot:C00017", event_number: 1204 },
    { id: 3, time: new Date(now - 95 * 60_000).toISOString(), level: "warning", kind: "nonconformance", title_zh: "单件 G3000388 检验不合格", title_en: "Unit G3000388 failed inspection", item_id: null, item_label: null, item_uri: null, event_number: 1164 },
  ];
}

const refusals = [
  { index: 1, event_id: "urn:uuid:0002", code: "coding.check_digit", title: "GTIN 的校验码不对：应为 3，实为 4。", remedy: "请核对标签上的条码，或重新打印标签。", at: "/epcisBody/eventList/1/epcList/0" },
  { index: 4, event_id: null, code: "epcis.time_without_offset", title: "eventTime 缺少时区。", remedy: "请写明时区，例如 2026-03-30T08:00:00+08:00。", at: "/epcisBody/eventList/4/eventTime" },
];

export function job(id, time, events, refused) {
  const started = new Date(time).toISOString();
  const finished = new Date(time + 800).toISOString();
  const errors = refusals.slice(0, refused);
  return { id, created: started, finished, success: refused === 0, running: false, errors, events, accepted: events - refused, refused, name: `${id}.json`, user: "李工" };
}

export function jobs(now) {
  return [job("job-3", now - 3_600_000, 120, 0), job("job-2", now - 7_200_000, 8, 2), job("job-1", now - 90_000_000, 2400, 0)];
}

/** A plain collection: list, make, change, remove. */
function collection(path, rows, page, made = (row) => ({ json: row })) {
  const find = (id) => rows.find((row) => row.id === Number(id));
  return [
    ["GET", path, ({ query }) => page(rows, query)],
    ["POST", path, ({ body, say }) => {
      if (rows.some((row) => (row.login ?? row.code) !== undefined && (row.login ?? row.code) === (body.login ?? body.code)))
        return { status: 409, problem: { code: "tenancy.login_taken", title: say("登录名已被使用。", "The login is taken."), detail: say("请换一个登录名。", "Choose another login."), at: body.login ? "/login" : "/code" } };
      const row = { id: rows.length + 1, people: 0, created, last_login: null, prefix: "sy_new1", created_by: "李工", last_used: null, revoked: null, ...body };
      rows.push(row);
      return made(row);
    }],
    ["PATCH", `${path}/{id}`, ({ path: { id }, body }) => ({ json: Object.assign(find(id), body) })],
    ["DELETE", `${path}/{id}`, ({ path: { id } }) => {
      rows.splice(rows.indexOf(find(id)), 1);
      return { json: {} };
    }],
  ];
}

export function routes(page) {
  return [
    ["GET", "/api/v1/permissions", () => ({ json: permissions })],
    ...collection("/api/v1/people", people, page),
    ...collection("/api/v1/roles", roles, page),
    ...collection("/api/v1/tokens", tokens, page, (token) => ({ json: { token, secret: "sy_new1_4Jd8sKq0ZrT2vWb7NcYxLmPa" } })),
    ...collection("/api/v1/sites", sites, page),
    ["GET", "/api/v1/audit", ({ query }) => page(audit.filter((row) => !query.get("table") || row.table === query.get("table")), query, 20)],
  ];
}
