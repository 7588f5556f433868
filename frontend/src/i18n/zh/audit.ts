export default {
  title: "审计",
  text: "谁在何时改了什么。由数据库自动记录，任何人都不能改写。",
  list: "审计记录列表",
  column: { time: "时间", actor: "谁", via: "途径", action: "做了什么", table: "对象", key: "编号", changed: "改动的字段", reason: "原因" },
  filter: { time: "时间", table: "对象", actor: "谁" },
  action: { insert: "新建", update: "修改", delete: "删除" },
  via: { session: "控制台", token: "令牌", system: "系统", database: "数据库" },
  table: { master: "主数据", user: "人员", public_product: "消费者页面", person: "人员", role: "角色", token: "令牌", site: "工厂", tenant: "租户", grant: "授权", session: "会话" },
  drawer: { title: "{{action}}{{table}} {{key}}", field: "字段", before: "之前", after: "之后", request: "请求编号", unchanged: "没有字段改动。" },
  emptyTitle: "还没有审计记录",
  emptyText: "人员、角色、令牌等一有改动，就会出现在这里。",
} as const;
