/** Masters of the invented plant: what the server would know by name. */
export interface Named {
  readonly uri: string;
  readonly zh: string;
  readonly en: string;
}

export const urn = (kind: string, code: string): string => `urn:suyuan:demo:${kind}:${code}`;

const listed = (kind: string, rows: readonly (readonly [string, string, string])[]): Named[] =>
  rows.map(([code, zh, en]) => ({ uri: urn(kind, code), zh, en }));

export const PLACES = listed("place", [
  ["WH1", "原料仓", "Materials store"], ["SMT1", "贴片一线", "SMT line 1"], ["SMT2", "贴片二线", "SMT line 2"],
  ["ASM1", "装配一线", "Assembly line 1"], ["TEST", "测试区", "Test area"], ["RWK", "返修区", "Rework bench"],
  ["PACK", "包装区", "Packing area"], ["WH2", "成品仓", "Finished goods"], ["D-SH", "上海浦江经销", "Pujiang dealer, Shanghai"],
  ["D-CD", "成都锦程经销", "Jincheng dealer, Chengdu"], ["D-RTM", "鹿特丹分销中心", "Rotterdam distribution centre"],
]);
export const PEOPLE = listed("person", [
  ["P001", "李秀英", "Li Xiuying"], ["P002", "王建国", "Wang Jianguo"], ["P003", "张敏", "Zhang Min"],
  ["P007", "赵丽华", "Zhao Lihua"], ["P012", "陈志强", "Chen Zhiqiang"], ["P015", "周倩", "Zhou Qian"],
]);
export const EQUIPMENT = listed("equipment", [
  ["NXT-01", "贴片机 NXT-01", "Mounter NXT-01"], ["NXT-02", "贴片机 NXT-02", "Mounter NXT-02"],
  ["RFL-01", "回流炉 RFL-01", "Reflow oven RFL-01"], ["AOI-01", "光学检测 AOI-01", "AOI-01"],
  ["SCR-03", "电批 SCR-03", "Screwdriver SCR-03"], ["FCT-02", "功能测试台 FCT-02", "Function tester FCT-02"],
  ["LBL-01", "打标机 LBL-01", "Label printer LBL-01"],
]);
export const STEPS = [
  ["receiving", "收货", "Receiving"], [urn("step", "smt"), "贴片", "SMT placement"], [urn("step", "reflow"), "回流焊", "Reflow"],
  [urn("step", "aoi"), "光学检测", "Optical inspection"], [urn("step", "depanel"), "分板", "Depanelling"],
  ["assembling", "装配", "Assembling"], ["inspecting", "功能测试", "Function test"], [urn("step", "rework"), "返工", "Rework"],
  ["commissioning", "赋码", "Commissioning"], ["packing", "装箱", "Packing"], ["storing", "入库", "Storing"], ["shipping", "发运", "Shipping"],
  ["arriving", "到货", "Arriving"],
].map(([value, zh, en]) => ({ value: value ?? "", zh: zh ?? "", en: en ?? "" }));
export const DISPOSITIONS = [
  ["in_progress", "在制", "In progress"], ["active", "有效", "Active"], ["conformant", "合格", "Conformant"],
  ["non_conformant", "不合格", "Non-conformant"], ["in_transit", "在途", "In transit"], ["sellable_accessible", "可售", "Sellable"],
].map(([value, zh, en]) => ({ value: value ?? "", zh: zh ?? "", en: en ?? "" }));

/** GTIN-13 body with prefix and check digit, as a 14-digit GTIN. */
export function gtin(body: string): string {
  return body + checkDigit(body);
}
export function checkDigit(body: string): string {
  const sum = Array.from(body).reverse().reduce((total, digit, i) => total + Number(digit) * (i % 2 ? 1 : 3), 0);
  return String((10 - (sum % 10)) % 10);
}
const product = (body: string, zh: string, en: string): Named => ({ uri: `https://id.gs1.org/01/${gtin(body)}`, zh, en });
export const PRODUCTS = {
  gateway: product("0952123454321", "智能网关 G3", "Smart gateway G3"),
  board: product("0952123454322", "主控板 MB-3", "Main board MB-3"),
  panel: product("0952123454323", "四联拼板", "Panel of four"),
  pcb: product("0952123454324", "印制板 PCB-3", "Bare board PCB-3"),
  capacitor: product("0952123454325", "电容 100nF 0402", "Capacitor 100 nF 0402"),
  mcu: product("0952123454326", "主控芯片 M4", "MCU M4"),
  paste: product("0952123454327", "锡膏 SAC305", "Solder paste SAC305"),
  housing: product("0952123454328", "外壳 上盖", "Housing, top"),
  antenna: product("0952123454329", "天线 2.4G", "Antenna 2.4 GHz"),
} as const;

export const pad = (value: number, width: number): string => String(value).padStart(width, "0");
export const sscc = (n: number): string => {
  const body = `09521234${pad(n, 9)}`;
  return `https://id.gs1.org/00/${body}${checkDigit(body)}`;
};
