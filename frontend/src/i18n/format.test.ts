import { describe, expect, it } from "vitest";

import { formatsFor, offsetText } from "./format";
import { named } from "./language";

const zh = formatsFor("zh");
const en = formatsFor("en");

describe("times", () => {
  it("are shown on the clock of the place where it happened", () => {
    expect(zh.dateTime("2026-03-30T00:05:12Z", 480)).toBe("2026-03-30 08:05:12");
    expect(zh.dateTime("2026-03-30T00:05:12+08:00", -300)).toBe("2026-03-29 11:05:12");
  });
  it("are a dash where there is none", () => {
    expect(zh.dateTime(null)).toBe("–");
    expect(zh.date("nonsense")).toBe("–");
  });
  it("name their offset", () => {
    expect([480, -210, 0].map(offsetText)).toEqual(["+08:00", "-03:30", "+00:00"]);
  });
});

describe("numbers", () => {
  it("are grouped and rounded", () => {
    expect(en.number(1234567)).toBe("1,234,567");
    expect(zh.percent(0.98125)).toBe("98.1%");
    expect(en.number(null)).toBe("–");
  });
  it("keep every digit of an exact decimal", () => {
    expect(en.decimal("12345678901234567890.1230")).toBe("12,345,678,901,234,567,890.1230");
    expect(en.decimal("0.10")).toBe("0.10");
    expect(en.decimal(null)).toBe("–");
  });
});

describe("a name", () => {
  it("is in the reader's language, or the other, or the identifier", () => {
    expect(named("zh", "深圳", "Shenzhen")).toBe("深圳");
    expect(named("en", "深圳", null)).toBe("深圳");
    expect(named("en", null, null, "SZ")).toBe("SZ");
    expect(named("zh", "", "", "SZ")).toBe("SZ");
  });
});
