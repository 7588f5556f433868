import { describe, expect, it } from "vitest";

import { placeWords, tailOf } from "./vocabulary";

const words = (uri: string) => placeWords(uri, (spot) => `at ${spot}`);

describe("a place that nobody has named", () => {
  it("is called by its GLN, its coordinates or the end of its URI, never the whole URI", () => {
    expect(words("https://id.gs1.org/414/0614141073467")).toBe("GLN 0614141073467");
    expect(words("https://id.gs1.org/414/0614141073467/254/A%2F1")).toBe("GLN 0614141073467 · A/1");
    expect(words("geo:31.2304,121.4737")).toBe("at 31.2304, 121.4737");
    expect(words("geo:-31.2,121.4,12;u=35")).toBe("at -31.2, 121.4");
    expect(words("urn:suyuan:demo:place:WH1")).toBe("WH1");
  });
  it("stays as it was sent where it is no proper URI", () => {
    expect(tailOf("urn:x:50%")).toBe("50%");
    expect(words("geo:nowhere")).toBe("nowhere");
  });
});
