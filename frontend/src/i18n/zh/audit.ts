export default {
  title: "审计",
  text: "谁在何时改了什么。由数据库自动记录，任何人都不能改写。",
  list: "审计记录列表",
  column: { time: "时间", actor: "谁", via: "途径", action: "做了什么", table: "对象", key: "编号", changed: "改动的字段", reason: "原因" },
  filter: { time: "时间", table: "对象", actor: "谁" },
  action: { insert: "新建", update: "修改", delete: "删除" },
  via: { session: "控制台", token: "令牌", system: "系统", database: "数据库" },
<<<<<<< Updated upstream
  table: { place: "外部去处", log_key: "签名密钥", review: "审阅", master: "主数据", user: "人员", public_product: "消费者页面", person: "人员", role: "角色", token: "令牌", site: "工厂", tenant: "租户", grant: "授权", session: "会话" },
  drawer: { sealed: "已封存在日志第 {{position}} 项", title: "{{action}}{{table}} {{key}}", field: "字段", before: "之前", after: "之后", request: "请求编号", unchanged: "没有字段改动。" },
  review: {
    begin: "审阅",
    title: "记录一次审阅",
    submit: "记入审计",
    list: "审阅记录",
    outcome: "结论",
    outcomes: { in_order: "没有问题", follow_up: "需要跟进" },
    note: "意见",
    noteHelp: "写明看了什么、发现了什么。审阅的是上面筛选出的记录，截至此刻。",
    column: { at: "时间", reviewer: "审阅人", outcome: "结论", entries: "记录数", upto: "截至", note: "意见" },
  },
=======
  table: { master: "主数据", user: "人员", public_product: "消费者页面", person: "人员", role: "角色", token: "令牌", site: "工厂", tenant: "租户", grant: "授权", session: "会话", policy: "登录规则", factor: "身份验证器", former_password: "旧密码" },
  drawer: { title: "{{action}}{{table}} {{key}}", field: "字段", before: "之前", after: "之后", request: "请求编号", unchanged: "没有字段改动。" },
>>>>>>> Stashed changes
  emptyTitle: "还没有审计记录",
  emptyText: "人员、角色、令牌等一有改动，就会出现在这里。",
} as const;
