import { describe, expect, it } from "vitest";

import { Problem } from "../../api/problem";
import { MemoryDisk } from "../../testing/memoryDisk";
import { Posts } from "./posts";

describe("calls and confirmations", () => {
  it("wait without a network, survive a restart, and are each sent once and in order", async () => {
    const disk = new MemoryDisk();
    const sent: unknown[] = [];
    let away = true;
    const send = (_: string, body: unknown) => {
      if (away) return Promise.reject(new Problem(0, {}));
      sent.push(body);
      return Promise.resolve(null);
    };
    const posts = new Posts(disk, send);
    expect(await posts.post({ id: "a", path: "/x", body: 1 })).toBe(false);
    expect(await posts.post({ id: "b", path: "/x", body: 2 })).toBe(false);
    expect(await posts.post({ id: "a", path: "/x", body: 1 })).toBe(false);
    const again = new Posts(disk, send);
    away = false;
    await Promise.all([again.flush(), again.flush()]);
    expect(sent).toEqual([1, 2]);
    expect(await again.waiting()).toEqual([]);
  });

  it("are told when the server refuses them, and stand in nobody's way", async () => {
    const posts = new Posts(new MemoryDisk(), (_, body) => (body === "bad" ? Promise.reject(new Problem(422, { title: "no" })) : Promise.resolve(null)));
    await expect(posts.post({ id: "a", path: "/x", body: "bad" })).rejects.toThrow("no");
    expect(await posts.post({ id: "b", path: "/x", body: "good" })).toBe(true);
  });

  it("wait while the server asks for it", async () => {
    let busy = true;
    const posts = new Posts(new MemoryDisk(), () => (busy ? Promise.reject(new Problem(429, { code: "chassis.calls_too_many" })) : Promise.resolve(null)));
    expect(await posts.post({ id: "a", path: "/x", body: 1 })).toBe(false);
    expect(await posts.waiting()).toHaveLength(1);
    busy = false;
    expect(await posts.flush()).toEqual(new Map());
    expect(await posts.waiting()).toEqual([]);
  });
});
