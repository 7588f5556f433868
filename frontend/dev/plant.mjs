/** Invented facts for looking at the console without a server: a small electronics plant, always the same but for the clock. */

let seed = 20260301;
export function random() {
  seed = (seed * 1664525 + 1013904223) % 4294967296;
  return seed / 4294967296;
}
const pick = (list) => list[Math.floor(random() * list.length)];
const pad = (value, width) => String(value).padStart(width, "0");

const urn = (kind, code) => `urn:suyuan:demo:${kind}:${code}`;

export const STEPS = [
  ["receiving", "收货", "Receiving"],
  ["urn:suyuan:demo:step:smt", "贴片", "SMT placement"],
  ["urn:suyuan:demo:step:reflow", "回流焊", "Reflow"],
  ["assembling", "装配", "Assembling"],
  ["inspecting", "检验", "Inspecting"],
  ["urn:suyuan:demo:step:rework", "返工", "Rework"],
  ["commissioning", "赋码", "Commissioning"],
  ["packing", "装箱", "Packing"],
  ["shipping", "发运", "Shipping"],
].map(([value, zh, en]) => ({ value, zh, en }));
export const DISPOSITIONS = [
  ["in_progress", "进行中", "In progress"],
  ["active", "有效", "Active"],
  ["conformant", "合格", "Conformant"],
  ["non_conformant", "不合格", "Non-conformant"],
  ["in_transit", "在途", "In transit"],
  ["container_closed", "容器已封", "Container closed"],
].map(([value, zh, en]) => ({ value, zh, en }));
export const PLACES = [
  ["WH1", "原料仓", "Materials store"],
  ["SMT1", "贴片一线", "SMT line 1"],
  ["SMT2", "贴片二线", "SMT line 2"],
  ["ASM1", "装配一线", "Assembly line 1"],
  ["TEST", "测试区", "Test area"],
  ["PACK", "包装区", "Packing area"],
].map(([code, zh, en]) => ({ uri: urn("place", code), zh, en }));
export const PEOPLE = [
  ["P001", "李秀英", "Li Xiuying"],
  ["P002", "王建国", "Wang Jianguo"],
  ["P003", "张敏", "Zhang Min"],
  ["P012", "陈志强", "Chen Zhiqiang"],
].map(([code, zh, en]) => ({ uri: urn("person", code), zh, en }));
export const EQUIPMENT = [
  ["NXT-01", "贴片机 NXT-01", "Mounter NXT-01"],
  ["NXT-02", "贴片机 NXT-02", "Mounter NXT-02"],
  ["RFL-01", "回流炉 RFL-01", "Reflow oven RFL-01"],
  ["SCR-03", "电批 SCR-03", "Screwdriver SCR-03"],
  ["ICT-02", "在线测试仪 ICT-02", "In-circuit tester ICT-02"],
].map(([code, zh, en]) => ({ uri: urn("equipment", code), zh, en }));
export const PRODUCTS = [{ uri: "https://id.gs1.org/01/09521234543213", zh: "智能网关 G3", en: "Smart gateway G3" }];

const unit = (n) => ({ uri: `https://id.gs1.org/01/09521234543213/21/G3${pad(n, 6)}`, label: `G3${pad(n, 6)}`, kind: "unit", id: 1000 + n });
const lot = (n) => ({ uri: urn("lot", `C${pad(n, 5)}`), label: `C${pad(n, 5)}`, kind: "lot", id: 50 + n });
const box = (n) => ({ uri: `https://id.gs1.org/00/09521234500000${pad(n, 4)}`, label: `箱 ${pad(n, 4)}`, kind: "carrier", id: 90000 + n });

function part(item, role, quantity = null, uom = null) {
  return { ...item, role, quantity, unit: uom };
}

/** What a step does to things, as participations. */
function participations(step, n) {
  const serial = unit(n);
  if (step === "receiving") return ["ObjectEvent", "ADD", [part(lot(n % 40), "subject", "5000", "H87")]];
  if (step.endsWith("smt") || step === "assembling")
    return ["TransformationEvent", null, [part(lot(n % 40), "input", "24", "H87"), part(lot((n + 7) % 40), "input", "2.5", "GRM"), part(serial, "output")]];
  if (step === "packing")
    return ["AggregationEvent", "ADD", [part(box(Math.floor(n / 20)), "parent"), ...Array.from({ length: 20 }, (_, i) => part(unit(n + i), "child"))]];
  if (step === "shipping") return ["TransactionEvent", "ADD", [part(box(Math.floor(n / 20)), "subject")]];
  if (step === "commissioning") return ["ObjectEvent", "ADD", [part(serial, "subject")]];
  return ["ObjectEvent", "OBSERVE", [part(serial, "subject")]];
}

export function makeEvent(number, time) {
  const step = pick(STEPS).value;
  const [type, action, items] = participations(step, Math.floor(number / 3));
  const place = pick(PLACES);
  const person = pick(PEOPLE);
  const machine = random() < 0.7 ? pick(EQUIPMENT) : null;
  const bad = random() < 0.04;
  return {
    number,
    event_id: `urn:uuid:${pad(number, 8)}-7f3a-4c1e-9b2d-5a6c7d8e9f00`,
    type,
    action,
    time: time.toISOString(),
    offset_minutes: 480,
    recorded: new Date(time.getTime() + 400 + random() * 900).toISOString(),
    biz_step: step,
    disposition: bad ? "non_conformant" : pick(["in_progress", "active", "conformant"]),
    read_point: place.uri,
    biz_location: place.uri,
    place_name_zh: place.zh,
    place_name_en: place.en,
    person: person.uri,
    person_name: person.zh,
    equipment: machine?.uri ?? null,
    equipment_name: machine?.zh ?? null,
    work_order: `WO2603-${pad(number % 17, 3)}`,
    capture_method: pick(["scan", "device", "scan", "manual"]),
    voided: random() < 0.01,
    declares_error: false,
    items: items.slice(0, 5),
    item_count: items.length,
    all: items,
  };
}

export function eventDetail(row) {
  const { all, ...event } = row;
  const measured = ["inspecting", "assembling"].includes(row.biz_step) || row.biz_step.endsWith("reflow");
  return {
    ...event,
    recorded_by: "MES 接口",
    document: {
      "@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", { suyuan: "urn:suyuan:vocab:" }],
      type: row.type,
      eventID: row.event_id,
      eventTime: row.time,
      eventTimeZoneOffset: "+08:00",
      action: row.action,
      bizStep: row.biz_step,
      epcList: all.map((item) => item.uri),
      readPoint: { id: row.read_point },
      "suyuan:person": row.person,
      "suyuan:equipment": row.equipment,
    },
    context: ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld", { suyuan: "urn:suyuan:vocab:" }],
    reading: row.capture_method === "device" ? { device: row.equipment, raw: "02 4F 4B 20 31 2E 32 33 03", at: row.time } : null,
    participations: all,
    parameters: measured
      ? [
          { name: "扭矩", value: "0.62", unit: "N·m", low: "0.55", high: "0.65", ok: true },
          { name: "峰值温度", value: "251.4", unit: "°C", low: "235", high: "250", ok: false },
          { name: "电压", value: "12.03", unit: "V", low: null, high: null, ok: null },
        ]
      : [],
    content_hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    voids: null,
    voided_by: row.voided ? { number: row.number + 1, reason: "扫错了标签", recorded: row.recorded, event_id: row.event_id, corrective_ids: [] } : null,
  };
}
