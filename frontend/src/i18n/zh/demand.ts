/** 销售需求：客户订单的行，和为它们安排的工单。 */
export default {
  title: "销售需求", text: "客户要什么、由哪些工单来做。选中未安排的行，生成工单。", list: "客户订单行", new: "新增需求", edit: "修改 {{line}}",
  search: "查找客户订单、客户", order: "客户订单号", line: "行号", number: "订单与行", customer: "客户", customerUri: "客户 GLN", customerUriHelp: "13 位数字，或 URI；可留空。", product: "产品", allProducts: "全部产品", quantity: "数量", unit: "单位", unitHelp: "UN/ECE 代码，如 KGM；留空为件。",
  due: "交期", late: "已逾期", site: "工厂", anySite: "不限", note: "备注", state: "状态", states: { open: "未安排", covered: "已安排", cancelled: "已取消", over: "多做" },
  allStates: "全部状态", covered: "由谁来做", none: "还没有安排", missing: "还差 {{amount}}", over: "多做 {{amount}}", gives: "{{bound}} 中的 {{given}}",
  choose: "选择", chooseOne: "选择 {{line}}", chosen: "已选 {{count}} 行", clear: "取消选择",
  make: "生成工单", makeCount: "生成 {{count}} 张工单", makeBind: "关联", by: "新工单", byDue: "同产品、同交期合成一张", byLine: "每行一张", multiple: "向上取整到倍数", multipleHelp: "例如一盘、一托；留空按物料清单的批量。", useStock: "先用厂内可用的成品", useFree: "再用未完工单里还没有归属的数量", kind: "生产方式",
  plan: "将要做的事", planning: "正在计算…", planUse: "工单 {{number}} 来做", planNew: "新工单，交期 {{due}}", spare: "多出 {{amount}}", share: "{{line}}：{{amount}}", stock: "成品按记录计算：在本厂、已完工、未冻结、未发货，也没有承诺给别的订单。",
  planStock: "库存 {{code}}", planUnits: "{{number}} 的成品", unitsOf: "成品单件", stockAt: "{{place}} 现有 {{here}}，可用 {{free}}", expires: "有效期 {{date}}", fromStock: "用库存", fromOrders: "用在制工单", fromNew: "新工单", needed: "未安排", planTable: "各行由什么满足", lotSize: "按批量取整", lotMinimum: "最小批量 {{amount}}", lotMultiple: "倍数 {{amount}}",
  goods: "承诺给此行的成品", goodsCount: "{{count}} 件，从 {{code}} 起", freeGoods: "放回库存", freeGoodsHelp: "这些成品可以供别的需求；此行相应变为未安排。", freeGoodsDone: "已放回库存", goodsLost: "被冻结、报废或领用的不再算数。", makeStock: "用库存满足",
  made: "已生成 {{count}} 张工单", bound: "已关联现有工单",
  edited: "修改", cancel: "取消此行", reopen: "恢复", cancelText: "已有的工单照常进行，为它做的数量显示为“多做”，直到解除关联。", reason: "原因", reasonHelp: "一句话说明为什么。", free: "解除关联", freeHelp: "工单照常进行，为此行做的数量可以供别的需求。", freeDone: "已解除 {{number}}",
  orders: "为此行安排的工单", noOrders: "还没有工单为此行生产。", cut: "工单已改小或已取消。", facts: "客户订单 {{order}} 第 {{line}} 行", entered: "录入",
  forTitle: "为谁生产", forText: "客户订单 {{order}} 第 {{line}} 行",
  empty: { title: "还没有销售需求", text: "录入客户订单的行，用 Excel 导入，或由 API 送来，再据此生成工单。", foundTitle: "没有符合的行", foundText: "换一个词、产品或状态试试。" },
} as const;
