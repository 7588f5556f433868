import { type AnswerOptions, eventDetail, itemDetail, itemRow, timeline, traceAnswer } from "./answers";
import { DISPOSITIONS, EQUIPMENT, PEOPLE, PLACES, PRODUCTS, STEPS } from "./names";
import { Plant, type PlantItem } from "./plant";

/** What a request gets: a status and a JSON body; null when this is not a path of the desk. */
export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

export class DeskServer {
  private readonly plant: Plant;

  constructor(units = 640) {
    this.plant = new Plant(units);
  }

  private find(code: string): PlantItem | undefined {
    const plain = code.trim();
    const gs1 = /^\(01\)(\d{14})\((10|21)\)(.+)$/u.exec(plain);
    const uri = gs1 ? `https://id.gs1.org/01/${gs1[1] ?? ""}/${gs1[2] ?? ""}/${gs1[3] ?? ""}` : plain.startsWith("(00)") ? `https://id.gs1.org/00/${plain.slice(4)}` : plain;
    return this.plant.items.find((item) => item.uri === uri || item.label === plain);
  }

  answer(path: string, query: URLSearchParams, english: boolean): Reply | null {
    const say = (zh: string, en: string): string => (english ? en : zh);
    const { plant } = this;
    if (path === "/api/v1/vocabulary") return ok(vocabulary());
    if (path === "/api/v1/codes/decode") return this.decode(query.get("code") ?? "", say);
    if (path === "/api/v1/items") return this.list(query);
    const trace = /^\/api\/v1\/trace\/(back|forward)$/u.exec(path);
    if (trace) {
      const item = this.find(query.get("code") ?? "");
      if (!item) return missing(say);
      const number = (name: string): number | null => (query.has(name) ? Number(query.get(name)) : null);
      const options: AnswerOptions = { code: query.get("code") ?? "", depth: number("depth"), limit: number("limit"), closure: query.get("closure") === "true" };
      return ok(traceAnswer(plant, item, trace[1] === "back" ? "back" : "forward", options));
    }
    const event = /^\/api\/v1\/events\/(\d+)$/u.exec(path);
    if (event) {
      const found = plant.events[Number(event[1]) - 1];
      return found ? ok(eventDetail(found)) : missing(say);
    }
    const part = /^\/api\/v1\/items\/(\d+)(\/timeline|\/contents|\/containers)?$/u.exec(path);
    if (!part) return null;
    const item = plant.items.find(({ id }) => id === Number(part[1]));
    if (!item) return missing(say);
    if (part[2] === "/timeline") return paged(timeline(plant, item), query, 30);
    if (part[2] === "/containers" || part[2] === "/contents") return ok({ rows: [], next: null, total: 0 });
    return ok(itemDetail(plant, item));
  }

  private list(query: URLSearchParams): Reply {
    const search = (query.get("search") ?? "").toLowerCase();
    const found = this.plant.items.filter((item) => !search || item.label.toLowerCase().includes(search) || item.uri.toLowerCase().includes(search));
    const kind = query.get("kind");
    const kept = kind === null ? found : found.filter((item) => item.kind === kind).reverse();
    return paged(kept.slice(0, 500).map((item) => itemRow(this.plant, item)), query, 20);
  }

  private decode(code: string, say: (zh: string, en: string) => string): Reply {
    const wrong = /^\(01\)(\d{0,13})(\D|$)/u.exec(code);
    if (wrong) {
      return refusal(422, "coding.wrong_length", say("GTIN 应为 14 位数字，这里只有 {n} 位。", "A GTIN has 14 digits; here are {n}.").replace("{n}", String(wrong[1]?.length ?? 0)),
        say("请在括号 (01) 后面补足 14 位数字，或重新扫描标签。", "Give all 14 digits after (01), or scan the label again."), `char ${4 + (wrong[1]?.length ?? 0)}`);
    }
    const item = this.find(code);
    const parts = [
      ...(item?.product ? [{ ai: "01", label_zh: "全球贸易项目代码", label_en: "Global trade item number", value: item.product.uri.slice(-14) }] : []),
      ...(item?.lot ? [{ ai: "10", label_zh: "批号", label_en: "Batch or lot", value: item.lot }] : []),
      ...(item?.serial ? [{ ai: "21", label_zh: "序列号", label_en: "Serial number", value: item.serial }] : []),
      ...(item?.kind === "carrier" ? [{ ai: "00", label_zh: "系列货运包装箱代码", label_en: "Serial shipping container code", value: item.label }] : []),
    ];
    if (!item) return ok({ uri: `urn:suyuan:demo:unit:${code}`, kind: "unit", product: null, lot: null, serial: code, format: "plain", parts: [], item_id: null });
    return ok({ uri: item.uri, kind: item.kind, product: item.product?.uri ?? null, lot: item.lot, serial: item.serial, format: "digital_link", parts, item_id: item.id });
  }
}

const ok = (body: unknown): Reply => ({ status: 200, body });
const refusal = (status: number, code: string, title: string, detail: string, at?: string): Reply => ({ status, body: { type: `urn:suyuan:fault:${code}`, status, code, title, detail, at } });
const missing = (say: (zh: string, en: string) => string): Reply =>
  refusal(404, "trace.unknown_item", say("没有这个对象的记录。", "There is no record of this item."), say("请检查编码，或从相近的编码里选择。", "Check the code, or choose one that is near."));

function paged(rows: readonly unknown[], query: URLSearchParams, size: number): Reply {
  const limit = Number(query.get("limit") ?? size);
  const start = Number(query.get("cursor") ?? 0);
  return ok({ rows: rows.slice(start, start + limit), next: start + limit < rows.length ? String(start + limit) : null, total: rows.length });
}

function vocabulary(): object {
  const named = (rows: readonly { uri: string; zh: string; en: string }[]): object[] => rows.map(({ uri, zh, en }) => ({ uri, zh, en }));
  return {
    steps: STEPS, dispositions: DISPOSITIONS, types: [], places: named(PLACES), equipment: named(EQUIPMENT), people: named(PEOPLE), products: named(Object.values(PRODUCTS)),
  };
}
