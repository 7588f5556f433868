import { describe, expect, it } from "vitest";

import { Problem } from "../../api/problem";
import { MemoryDisk } from "../../testing/memoryDisk";
import { codes, draft, FakeServer, page, scans, upTo } from "../../testing/queueServer";
import { discard, enqueue } from "./queue";

describe("a server that asks to wait", () => {
  const busy = () => new Problem(429, { code: "chassis.calls_too_many", title: "too many", params: { retry_after: "3" } });

  it("in the middle of uploads or of decisions costs neither entry, picture nor decision", async () => {
    const disk = new MemoryDisk();
    const server = new FakeServer();
    const seen = { ...draft("U0"), values: { unit: { raw: "U0" }, seen: [{ sha256: "p" }] } };
    await enqueue(disk, seen, "demo", [], [{ sha256: "p", type: "image/jpeg", content: new Uint8Array(9) }]);
    server.takes = () => {
      throw busy();
    };
    expect(await page(disk, server).run()).toMatchObject({ end: "away", refused: [] });
    expect(await disk.counts()).toMatchObject({ waiting: 1, refused: 0 });
    expect(disk.content.size).toBe(1);
    server.takes = () => undefined;
    server.refuses = () => true;
    const [refused] = (await page(disk, server).run()).refused;
    if (!refused) throw new Error("a refusal");
    await discard(disk, refused, "a mistake");
    const { decide } = server;
    server.decide = () => Promise.reject(busy());
    expect((await page(disk, server).run()).end).toBe("away");
    server.decide = decide;
    expect((await page(disk, server).run()).end).toBe("idle");
    expect(server.told).toEqual([`${refused.reading.id} discarded a mistake`]);
  });

  it("keeps every entry, in order and undecided, while the server asks it to wait", async () => {
    const disk = new MemoryDisk();
    const server = new FakeServer();
    const problem = busy();
    server.trouble = (batch, taken) => {
      if (!taken && batch > 1) throw problem;
    };
    await scans(disk, 250);
    expect(await page(disk, server).run()).toMatchObject({ end: "away", recorded: 200, refused: [], problem });
    expect(await disk.counts()).toMatchObject({ waiting: 50, refused: 0 });
    server.trouble = () => undefined;
    expect(await page(disk, server).run()).toMatchObject({ end: "idle", recorded: 50, refused: [] });
    expect(codes(server)).toEqual(upTo(250));
  });
});
