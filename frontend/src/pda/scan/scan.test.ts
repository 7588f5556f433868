import { afterEach, describe, expect, it, vi } from "vitest";

import en from "../../i18n/en/pda";
import zh from "../../i18n/zh/pda";
import { spokenChoice, spokenNumber } from "./spoken";
import { Wedge, listen, withSeparators } from "./wedge";

const GS = "\u001d";

function type(wedge: Wedge, text: string, gap: number, from = 1_000): number {
  let at = from;
  for (const key of text) wedge.key({ key }, (at += gap));
  return at;
}

describe("a wedge scanner", () => {
  afterEach(() => {
    vi.useRealTimers();
    document.body.replaceChildren();
  });

  it("is heard without a focus, ended by Enter", () => {
    const scans: string[] = [];
    const stop = listen((text) => scans.push(text));
    for (const key of [...Array.from("]d2010952"), "Enter"]) document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    stop();
    expect(scans).toEqual(["]d2010952"]);
  });

  it("leaves fields that take text alone", () => {
    const scans: string[] = [];
    const input = document.createElement("input");
    document.body.append(input);
    const stop = listen((text) => scans.push(text));
    for (const key of [...Array.from("12345"), "Enter"]) input.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
    stop();
    expect(scans).toEqual([]);
  });

  it("needs no Enter: fast keys and silence are a scan, slow fingers are none", () => {
    vi.useFakeTimers();
    const scans: string[] = [];
    const wedge = new Wedge((text) => scans.push(text));
    type(wedge, "09521234543213", 8);
    vi.advanceTimersByTime(200);
    type(wedge, "hello", 90, 9_000);
    vi.advanceTimersByTime(200);
    expect(scans).toEqual(["09521234543213"]);
    expect(wedge.key({ key: "Enter" }, 9_900)).toBe(true);
    expect(scans).toEqual(["09521234543213", "hello"]);
  });

  it("keeps separators, however the scanner types them", () => {
    const scans: string[] = [];
    const wedge = new Wedge((text) => scans.push(text));
    let at = type(wedge, "10AB", 5);
    wedge.key({ key: "]", ctrlKey: true }, (at += 5));
    at = type(wedge, "21C", 5, at);
    wedge.key({ key: "F8" }, (at += 5));
    wedge.key({ key: "Enter" }, at + 5);
    expect(scans).toEqual([`10AB${GS}21C${GS}`]);
    expect(withSeparators("10AB|21C", ["|", ""])).toBe(`10AB${GS}21C`);
    expect(withSeparators("10AB{GS}21C", ["{GS}"])).toBe(`10AB${GS}21C`);
  });

  it("ignores shortcuts and lone Enters", () => {
    const scans: string[] = [];
    const wedge = new Wedge((text) => scans.push(text));
    wedge.key({ key: "c", ctrlKey: true }, 1);
    wedge.key({ key: "Shift" }, 2);
    expect(wedge.key({ key: "Enter" }, 3)).toBe(false);
    expect(scans).toEqual([]);
  });
});

describe("speaking", () => {
  it.each([
    ["12.5 公斤", "12.5"], ["负十二点五", "-12.5"], ["二百零五", "205"], ["一千零二十", "1020"], ["三万五千", "35000"], ["一二三", "123"], ["两百", "200"], ["零点零五", "0.05"], ["十。", "10"], ["没有", null],
  ])("hears %s as %s", (said, number) => {
    expect(spokenNumber(said, zh.spoken)).toBe(number);
  });

  it.each([["一百五", "150"], ["一百零五", "105"], ["三千二", "3200"], ["一万五", "15000"], ["一百二十三点五", "123.5"], ["二十五", "25"], ["１２．５", "12.5"], ["一万两千", "12000"], ["二十万零五", "200005"]])("hears %s as %s as people say it", (said, number) => {
    expect(spokenNumber(said, zh.spoken)).toBe(number);
  });

  it("hears every number as it is read out", () => {
    const digit = [...zh.spoken.digits.split(" ")];
    const section = (value: number): string =>
      [1000, 100, 10, 1].reduce((said, unit) => {
        const times = Math.floor(value / unit) % 10;
        if (times) return said + (digit[times] ?? "") + ({ 1000: "千", 100: "百", 10: "十", 1: "" }[unit] ?? "");
        // a gap is said as one zero, and none at the end
        return value % unit && said && !said.endsWith("零") ? `${said}零` : said;
      }, "");
    const read = (value: number): string => {
      const [high, low] = [Math.floor(value / 10_000), value % 10_000];
      const below = low ? `${high && low < 1000 ? "零" : ""}${section(low)}` : "";
      return value === 0 ? "零" : (high ? `${section(high)}万` : "") + below;
    };
    let state = 11;
    for (let tried = 0; tried < 3000; tried++) {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      const whole = tried < 1200 ? tried : state % 10 ** (1 + (tried % 8));
      const part = tried % 3 ? "" : String(state % 1000).padStart(3, "0");
      const said = `${tried % 5 ? "" : "负"}${read(whole)}${part && `点${Array.from(part, (each) => digit[Number(each)]).join("")}`}`;
      expect(spokenNumber(said, zh.spoken), said).toBe(`${tried % 5 ? "" : "-"}${whole}${part && `.${part}`}`);
    }
  });

  it.each([["minus 3.5", "-3.5"], ["one two point five", "12.5"], ["two hundred five", "205"], ["1,200", "1200"], ["nothing", null]])("hears %s as %s in English", (said, number) => {
    expect(spokenNumber(said, en.spoken)).toBe(number);
  });

  it("takes the longest choice that was said", () => {
    const choices = [{ id: "pass", labels: ["合格", "passed"] }, { id: "fail", labels: ["不合格", "not passed"] }];
    expect(spokenChoice("这个不合格。", choices)?.id).toBe("fail");
    expect(spokenChoice("Passed", choices)?.id).toBe("pass");
    expect(spokenChoice("嗯", choices)).toBeNull();
  });
});
