import { describe, expect, it } from "vitest";

import { ownSha256, sha256 } from "./sha256";

describe("SHA-256", () => {
  it("gives the standard's own examples", () => {
    const text = (value: string) => new TextEncoder().encode(value);
    expect(ownSha256(text("abc"))).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(ownSha256(text(""))).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(ownSha256(text("a".repeat(1_000_000)))).toBe("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  });

  it("is what the browser makes of every length", async () => {
    let state = 7;
    for (let length = 0; length < 200; length++) {
      const bytes = Uint8Array.from({ length }, () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % 256);
      expect(ownSha256(bytes)).toBe(await sha256(bytes));
    }
  });
});
