import { beforeEach, describe, expect, it } from "vitest";

import { formState, type Node } from "../capture";
import { ItemIndex } from "../capture/decode";
import { evaluate } from "../capture/evaluation";
import { execution, learnedOf } from "./execution";
import { MemoryDisk } from "../testing/memoryDisk";
import { type Floor, type FloorWork, learn, useFloor, wakeFloor } from "./floor";
import { usePda } from "./state";

const FLOUR = "https://id.gs1.org/01/09521234543220";
const CAKE = "https://id.gs1.org/01/09521234543213";
const ORDER = "urn:suyuan:t:order:MO-1";
const FEED: Node = {
  key: "feed", version: 1, title_zh: "投料", title_en: "Feed",
  body: {
    step: "urn:suyuan:vocab:step:feed",
    fields: [
      { id: "order", kind: "scan", label_zh: "工单", label_en: "Order", classes: ["order"] },
      { id: "item", kind: "scan", label_zh: "物料", label_en: "Material", classes: ["lot"] },
      { id: "quantity", kind: "number", label_zh: "数量", label_en: "Quantity" },
    ],
    meaning: [{ id: "used", event: "transformation", inputs: [{ field: "item", quantity: "quantity" }], order: "order" }],
  },
};
const words = (code: string) => ({ code: `production.${code}`, text_zh: "{material} 不行", text_en: "{material} will not do", remedy_zh: "换", remedy_en: "fetch another" });
const FLOOR = {
  etag: "1", calls: [], holders: [], read: [], routes: {}, levels: { quantity: "warn", material: "refuse", expired: "refuse" },
  orders: [{ uri: ORDER, number: "MO-1", product: CAKE, quantity: "2", state: "started", route: null, bill: "cake@1" }],
  bills: { "cake@1": { product: CAKE, revision: "A", by_products: [], lines: [{ id: "flour", material: FLOUR, quantity: "2", unit: "KGM" }] } },
  faults: [words("wrong_material"), words("material_expired"), words("over_consumption")],
} as unknown as Floor;
const WORK: FloorWork = { etag: "1", items: [], done: [], used: [{ order: ORDER, material: FLOUR, quantity: "1" }], lots: [], machines: [] };

function judged(values: Record<string, string>) {
  const raw = (text: string) => ({ raw: text });
  const { order = "MO-1", item = "", quantity = "" } = values;
  const state = formState(FEED.body, { order: raw(order), item: raw(item), ...(quantity ? { quantity } : {}) }, { now: new Date(), evaluate, items: new ItemIndex([]) });
  return execution(FEED, state, "urn:suyuan:t:person:li");
}
const told = (values: Record<string, string>) => judged(values).faults.map(({ check, level, text_en, field }) => [check, level, text_en, field]);

describe("the checks of production on the device", () => {
  beforeEach(() => {
    usePda.setState({ online: false });
    useFloor.setState({ floor: FLOOR, work: WORK, learned: { done: [], used: [] }, read: new Set() });
  });

  it("refuse what the bill of the order does not want, in the words of the server", () => {
    expect(told({ item: "(01)09521234543244(10)Z1" })).toEqual([["material", "refuse", "Z1 will not do", "item"]]);
    expect(told({ item: "(01)09521234543220(10)F1", quantity: "3" })).toEqual([]);
    expect(told({ item: "(01)09521234543220(17)200101(10)F1", quantity: "1" })).toEqual([["expired", "refuse", "F1 will not do", "item"]]);
  });

  it("count what was used here since the server last told", () => {
    expect(told({ item: "(01)09521234543220(10)F1", quantity: "2" })).toEqual([]);
    const first = judged({ item: "(01)09521234543220(10)F1", quantity: "2" });
    useFloor.setState({ learned: learnedOf(first) });
    // online the server counts what all devices used
    usePda.setState({ online: true });
    expect(told({ item: "(01)09521234543220(10)F1", quantity: "2" })).toEqual([]);
    usePda.setState({ online: false });
    expect(told({ item: "(01)09521234543220(10)F1", quantity: "2" })).toEqual([["quantity", "warn", "09521234543220 will not do", "item"]]);
  });

  it("say what cannot be known here", () => {
    expect(judged({ item: "(01)09521234543220(10)F1" }).unknown).toEqual(["fetching"]);
    useFloor.setState({ work: null });
    expect(judged({ item: "(01)09521234543220(10)F1" }).unknown).toContain("used");
    expect(told({ order: "MO-9", item: "(01)09521234543244(10)Z1" })).toEqual([]);
  });

  it("go on with what an earlier version of the application kept", async () => {
    const disk = new MemoryDisk();
    const before: Partial<FloorWork> = { ...useFloor.getState().work };
    delete before.lots;
    await disk.write("work", before);
    await wakeFloor(disk);
    expect(useFloor.getState().work?.lots).toEqual([]);
    expect(told({ item: "(01)09521234543220(10)F1", quantity: "2" })).toEqual([]);
  });

  it("keep what an entry did even where the device's storage is full: the entry itself is safe", async () => {
    const disk = new MemoryDisk();
    await wakeFloor(disk);
    disk.write = () => Promise.reject(new DOMException("full", "QuotaExceededError"));
    const used = [{ order: ORDER, material: FLOUR, quantity: "1" }];
    await learn({ done: [], used });
    expect(useFloor.getState().learned.used).toEqual(used);
  });
});
