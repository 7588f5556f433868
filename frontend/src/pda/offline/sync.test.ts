import { describe, expect, it } from "vitest";

import { Problem } from "../../api/problem";
import { MemoryDisk } from "../../testing/memoryDisk";
import { codes, draft, FakeServer, page, scans, upTo } from "../../testing/queueServer";
import type { Draft, Reading } from "./disk";
import { deviceOf, deviceTime, discard, enqueue, prune, resend, uuid } from "./queue";

const AWAY = () => new Problem(0, { code: "client.unreachable" });

describe("the queue", () => {
  it("numbers entries without gaps and sends them in order, in batches", async () => {
    const disk = new MemoryDisk();
    const server = new FakeServer();
    await scans(disk, 450);
    const round = await page(disk, server).run();
    expect(round).toMatchObject({ end: "idle", recorded: 450, refused: [] });
    expect(server.batches).toEqual([200, 200, 50]);
    expect(codes(server)).toEqual(upTo(450));
    expect(server.ledger.map(({ sequence }) => sequence)).toEqual(upTo(450).map((_, n) => n + 1));
  });

  it("keeps everything through a dead network and a reload", async () => {
    const disk = new MemoryDisk();
    const server = new FakeServer();
    server.trouble = () => {
      throw AWAY();
    };
    await scans(disk, 30);
    expect((await page(disk, server).run()).end).toBe("away");
    await scans(disk, 20, 30);
    expect((await page(disk, server).run()).end).toBe("away");
    server.trouble = () => undefined;
    expect(await page(disk, server).run()).toMatchObject({ end: "idle", recorded: 50 });
    expect(codes(server)).toEqual(upTo(50));
  });

  it("doubles nothing when the server dies after recording and before answering", async () => {
    const disk = new MemoryDisk();
    const server = new FakeServer();
    await scans(disk, 450);
    server.trouble = (batch, taken) => {
      if (taken && batch === 2) throw new Problem(502, {});
    };
    expect(await page(disk, server).run()).toMatchObject({ end: "away", recorded: 200 });
    expect(await page(disk, server).run()).toMatchObject({ end: "idle", recorded: 250 });
    expect(codes(server)).toEqual(upTo(450));
    expect((await disk.counts()).waiting).toBe(0);
  });

  it("survives any interleaving of outages, crashes and late scans", async () => {
    for (let seed = 1; seed <= 60; seed++) {
      let state = seed;
      const random = (below: number) => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) % below;
      const disk = new MemoryDisk();
      const server = new FakeServer();
      let calm = false;
      server.trouble = () => {
        if (!calm && random(3) === 0) throw AWAY();
      };
      let made = 0;
      for (let step = 0; step < 12; step++) {
        const more = random(5);
        // scanned while the page sends, as it happens on the line
        const [round] = await Promise.all([page(disk, server, random(2) ? "one" : "two").run(), scans(disk, more, made)]);
        made += more;
        expect(["idle", "away", "busy"]).toContain(round.end);
      }
      calm = true;
      await page(disk, server).run();
      expect(codes(server)).toEqual(upTo(made));
    }
  });

  it("looks again when an entry comes in while it sends", async () => {
    const disk = new MemoryDisk();
    const server = new FakeServer();
    const sender = page(disk, server);
    const running = sender.run();
    await scans(disk, 1);
    await Promise.all([running, sender.run()]);
    expect(codes(server)).toEqual(["U0"]);
  });

  it("lets one window send at a time", async () => {
    const disk = new MemoryDisk();
    await scans(disk, 1);
    await disk.claim("other window", Date.now(), Date.now() + 30_000);
    expect((await page(disk, new FakeServer()).run()).end).toBe("busy");
  });
});

describe("refused entries", () => {
  it("wait for a person, and do not hold up the others", async () => {
    const disk = new MemoryDisk();
    const server = new FakeServer();
    server.refuses = ({ sequence }) => sequence === 2;
    await scans(disk, 3);
    const round = await page(disk, server).run();
    expect(round.recorded).toBe(2);
    expect(round.refused.map(({ sequence }) => sequence)).toEqual([2]);
    expect(codes(server)).toEqual(["U0", "U2"]);
  });

  it("are still refused when the answer had to be fetched a second time", async () => {
    const disk = new MemoryDisk();
    const server = new FakeServer();
    server.refuses = () => true;
    server.trouble = (batch, taken) => {
      if (taken && batch === 1) throw AWAY();
    };
    await scans(disk, 1);
    await page(disk, server).run();
    const round = await page(disk, server).run();
    expect(round.refused).toHaveLength(1);
    expect((await disk.counts()).refused).toBe(1);
  });

  it("can be corrected and sent again, or set aside with a reason that the server hears", async () => {
    const disk = new MemoryDisk();
    const server = new FakeServer();
    server.refuses = ({ values }) => (values.unit as { raw: string }).raw.startsWith("U");
    await scans(disk, 2);
    const [first, second] = (await page(disk, server).run()).refused;
    if (!first || !second) throw new Error("two refusals");
    await resend(disk, first, draft("V0"), "demo", [], "misread");
    await discard(disk, second, "scanned by mistake");
    await page(disk, server).run();
    expect(codes(server)).toEqual(["V0"]);
    expect(server.told).toEqual([`${first.reading.id} resubmitted misread`, `${second.reading.id} discarded scanned by mistake`]);
    await page(disk, server).run();
    expect(server.told).toHaveLength(2);
  });

  it("are found when the server cannot even read them", async () => {
    const disk = new MemoryDisk();
    const server = new FakeServer();
    await scans(disk, 9);
    const taken = server.readings;
    server.readings = (body) =>
      (body.readings as Reading[]).some(({ sequence }) => sequence === 6) ? Promise.reject(new Problem(422, { code: "chassis.body_malformed", title: "?" })) : taken(body);
    const round = await page(disk, server).run();
    expect(round.refused.map(({ sequence }) => sequence)).toEqual([6]);
    expect(codes(server)).toEqual(upTo(9).filter((code) => code !== "U5"));
  });
});

describe("attachments", () => {
  const photo = (name: string, size = 10) => ({ sha256: name, type: "image/jpeg", content: new Uint8Array(size) });
  const pictured = (code: string, ...names: string[]): Draft => ({ ...draft(code), values: { unit: { raw: code }, seen: names.map((sha256) => ({ sha256 })) } });

  it("are uploaded once, before the entries that name them, and forgotten then", async () => {
    const disk = new MemoryDisk();
    const server = new FakeServer();
    for (const code of upTo(3)) await enqueue(disk, pictured(code, "same", code), "demo", [], [photo("same"), photo(code)]);
    server.refuses = ({ sequence }) => sequence === 2;
    const taken = server.readings;
    server.readings = (body) => {
      expect((body.readings as Reading[]).every(({ values }) => (values.seen as { sha256: string }[]).every(({ sha256 }) => server.uploads.has(sha256)))).toBe(true);
      return taken(body);
    };
    await page(disk, server).run();
    expect([...server.uploads.values()]).toEqual([1, 1, 1, 1]);
    // somebody may still look at the refused one, and send it again
    expect([...disk.content.keys()].sort()).toEqual(["U1", "same"]);
  });

  it("go on after an outage where they stopped, and large ones do not hold up what came before", async () => {
    const disk = new MemoryDisk();
    const server = new FakeServer();
    for (const code of upTo(6)) await enqueue(disk, pictured(code, code), "demo", [], [photo(code, 3 * 1024 * 1024)]);
    let calls = 0;
    server.takes = () => {
      if (++calls === 5) throw AWAY();
    };
    expect((await page(disk, server).run()).end).toBe("away");
    expect(codes(server)).toEqual(upTo(4));
    expect(await page(disk, server).run()).toMatchObject({ end: "idle", recorded: 2 });
    expect(codes(server)).toEqual(upTo(6));
    expect([...server.uploads.values()]).toEqual([1, 1, 1, 1, 1, 1]);
    expect(disk.content.size).toBe(0);
  });

  it("that the server does not take refuse their entry alone, in its turn", async () => {
    const disk = new MemoryDisk();
    const server = new FakeServer();
    for (const code of upTo(4)) await enqueue(disk, pictured(code, code), "demo", [], [photo(code)]);
    server.takes = (digest) => {
      if (digest === "U2") throw new Problem(415, { code: "capture.attachment_type", title: "no" });
    };
    const round = await page(disk, server).run();
    expect(round.refused.map(({ sequence, faults }) => [sequence, faults[0]?.code])).toEqual([[3, "capture.attachment_type"]]);
    expect(codes(server)).toEqual(["U0", "U1", "U3"]);
  });
});

describe("a device", () => {
  it("asks to sign in where nobody is, and keeps the queue", async () => {
    const disk = new MemoryDisk();
    const server = new FakeServer();
    server.trouble = () => {
      throw new Problem(401, { code: "kernel.not_signed_in" });
    };
    await scans(disk, 1);
    expect((await page(disk, server).run()).end).toBe("stranger");
    expect((await disk.counts()).waiting).toBe(1);
  });

  it("keeps its name, and only so much of its past", async () => {
    const disk = new MemoryDisk();
    expect(await deviceOf(disk)).toBe(await deviceOf(disk));
    expect(uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    await scans(disk, 12);
    await page(disk, new FakeServer()).run();
    await prune(disk, 5);
    expect((await disk.entries(["recorded"])).map(({ sequence }) => sequence)).toEqual([8, 9, 10, 11, 12]);
  });

  it("tells its own time with its offset", () => {
    const now = new Date(2026, 2, 30, 8, 5, 12, 7);
    expect(deviceTime(now)).toMatch(/^2026-03-30T08:05:12\.007[+-]\d\d:\d\d$/);
    expect(new Date(deviceTime(now)).getTime()).toBe(now.getTime());
  });
});
